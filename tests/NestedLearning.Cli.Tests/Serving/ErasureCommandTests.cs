using System.Formats.Tar;
using System.Text.Json.Nodes;
using NestedLearning.Cli.Commands;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Cli.Tests.Rendering;
using NestedLearning.Cli.Tests.Training;

namespace NestedLearning.Cli.Tests.Serving;

/// <summary><c>nl tenants export</c> and <c>nl models delete</c> against a server.</summary>
public sealed class ErasureCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _state;
    private readonly string _archive;

    public ErasureCommandTests()
    {
        _state = Path.Combine(_folder.Path, "state");
        _archive = Path.Combine(_folder.Path, "ann.tar");
    }

    [Fact]
    public async Task TenantsExport_Tenant_WritesAnArchiveThatTarReads()
    {
        await using NlServer server = await NlServer.StartAsync(_state);
        await FeedAsync(server, "ann", "--forgettable");
        string json = Path.Combine(_folder.Path, "result.json");

        NlResult result = await Nl.RunAsync("tenants", "export", "ann", "--server", server.Url, "-o", _archive, "--json", json);

        Assert.Equal("", result.Error);
        Assert.StartsWith($"'ann' is exported to '{_archive}': ", result.Output, StringComparison.Ordinal);
        List<string> names = [];
        await using (TarReader tar = new(File.OpenRead(_archive)))
        {
            while (await tar.GetNextEntryAsync() is { } entry)
            {
                names.Add(entry.Name);
            }
        }

        Assert.Equal(["model.json", "memory.json", "memory.safetensors"], names[..3]);
        Assert.Equal(["levels/slow/level.json", "gateway.json", "manifest.json"], names[^3..]);
        Assert.Contains("levels/slow/updates/1.safetensors", names);
        Assert.Equal(names.Count, JsonNode.Parse(File.ReadAllText(json))!["files"]!.GetValue<int>());
    }

    [Fact]
    public async Task TenantsExport_NobodyKnowsTheTenant_SaysSoAndWritesNothing()
    {
        await using NlServer server = await NlServer.StartAsync(_state);
        await FeedAsync(server, "ann");

        Assert.Equal(
            "nl: The model 'classifier' has nothing of a tenant 'bob'.",
            Nl.AssertFailed(1, await Nl.RunAsync("tenants", "export", "bob", "--server", server.Url, "-o", _archive)));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tar*"));
    }

    [Fact]
    public async Task ModelsDelete_WithYes_DoesAwayWithTheModel()
    {
        await using NlServer server = await NlServer.StartAsync(_state);
        await FeedAsync(server, "ann");

        Assert.Equal(
            "nl: 'classifier' has learned 30 events; --yes deletes it for good, with everything of its tenants.",
            Nl.AssertFailed(2, await Nl.RunAsync("models", "delete", "classifier", "--server", server.Url)));
        NlResult deleted = await Nl.RunAsync("models", "delete", "classifier", "--server", server.Url, "--yes");
        Assert.Equal((0, "The model 'classifier' is deleted.\n"), (deleted.ExitCode, deleted.Output.ReplaceLineEndings("\n")));

        Assert.Equal(
            "nl: There is no model 'classifier'; create it first.",
            Nl.AssertFailed(1, await Nl.RunAsync("models", "delete", "classifier", "--server", server.Url, "--yes")));
        Assert.Equal(0, (await Nl.RunAsync("models", "--server", server.Url)).ExitCode);
    }

    [Theory]
    [InlineData("classifier\n", 0)]
    [InlineData("other\n", 2)]
    [InlineData("", 2)]
    public async Task ModelsDelete_OnATerminal_AsksForTheName(string typed, int exitCode)
    {
        await using NlServer server = await NlServer.StartAsync(_state);
        await FeedAsync(server, "ann");
        PlainConsole console = new();
        using StringWriter error = new();
        using StringReader input = new(typed);
        CommandContext context = new(console.Console, error, TimeProvider.System) { Input = input, CanAsk = true };

        Assert.Equal(exitCode, await NlCommand.RunAsync(["models", "delete", "classifier", "--server", server.Url], context));

        Assert.Contains("type its name", console.Output, StringComparison.Ordinal);
        Assert.Equal(exitCode == 0, !(await Nl.RunAsync("models", "--server", server.Url)).Output.Contains("classifier", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private async Task FeedAsync(NlServer server, string tenant, params string[] options)
    {
        string data = _folder.Write($"{tenant}.jsonl", string.Join('\n', SampleData.JsonLines(SampleData.Examples(40))));
        NlResult fed = await Nl.RunAsync(["feed", "--data", data, "--tenant", tenant, "--server", server.Url, .. options]);
        Assert.Equal(0, fed.ExitCode);
    }
}
