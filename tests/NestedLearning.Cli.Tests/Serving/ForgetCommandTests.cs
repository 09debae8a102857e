using System.Text.Json.Nodes;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Cli.Tests.Training;

namespace NestedLearning.Cli.Tests.Serving;

/// <summary><c>nl forget</c> against a server.</summary>
public sealed class ForgetCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _state;
    private readonly string _json;

    public ForgetCommandTests()
    {
        _state = Path.Combine(_folder.Path, "state");
        _json = Path.Combine(_folder.Path, "result.json");
    }

    [Fact]
    public async Task Forget_WithYes_TakesTheTenantOut()
    {
        await using NlServer server = await NlServer.StartAsync(_state);
        await FeedAsync(server, "ann", "--forgettable");
        await FeedAsync(server, "bob");

        string asked = Nl.AssertFailed(2, await Nl.RunAsync("forget", "--tenant", "ann", "--server", server.Url));
        Assert.Equal("nl: 'ann' has learned 30 events; --yes forgets them for good, in its memory and in the shared levels.", asked);
        NlResult first = await Nl.RunAsync("forget", "--tenant", "ann", "--server", server.Url, "--yes", "--json", _json);
        NlResult again = await Nl.RunAsync("forget", "--tenant", "ann", "--server", server.Url, "--yes");

        Assert.Equal("The memory of 'ann' is deleted.\nVersion 3 of 'slow' is without its 30 events.\n", first.Output.ReplaceLineEndings("\n"));
        Assert.Equal("'ann' has no memory.\nNothing of it is in 'slow'.\n", again.Output.ReplaceLineEndings("\n"));
        JsonNode level = JsonNode.Parse(File.ReadAllText(_json))!["forgotten"]!["levels"]![0]!;
        Assert.Equal(("slow", 3, 30), (level["level"]!.GetValue<string>(), level["version"]!.GetValue<int>(), level["events"]!.GetValue<int>()));
        Assert.Contains("forgotten", (await Nl.RunAsync("versions", "--server", server.Url)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forget_ModelThatIsNotMadeForIt_SaysSo()
    {
        await using NlServer server = await NlServer.StartAsync(_state);
        await FeedAsync(server, "ann");
        Assert.StartsWith(
            "nl: The tenant's events are in the level 'slow', which does not keep what would take them out;",
            Nl.AssertFailed(1, await Nl.RunAsync("forget", "--tenant", "ann", "--server", server.Url, "--yes")),
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task FeedAsync(NlServer server, string tenant, params string[] options)
    {
        string data = _folder.Write($"{tenant}.jsonl", string.Join('\n', SampleData.JsonLines(SampleData.Examples(40))));
        NlResult fed = await Nl.RunAsync(["feed", "--data", data, "--tenant", tenant, "--server", server.Url, .. options]);
        Assert.Equal(0, fed.ExitCode);
    }
}
