using System.Text.Json.Nodes;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Cli.Tests.Training;

namespace NestedLearning.Cli.Tests.Serving;

/// <summary><c>nl versions</c>, <c>nl rollback</c>, <c>nl replay</c> and <c>nl consolidate</c> against a server.</summary>
public sealed class VersionCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _state;
    private readonly string _json;

    public VersionCommandTests()
    {
        _state = Path.Combine(_folder.Path, "state");
        _json = Path.Combine(_folder.Path, "result.json");
    }

    [Fact]
    public async Task Rollback_AndReplay_ShowInVersionsAlsoAfterARestart()
    {
        await using (NlServer server = await NlServer.StartAsync(_state))
        {
            await FeedAsync(server, "first", 40);
            await FeedAsync(server, "second", 60);
            Assert.Equal("Version 3 is version 1 again; 45 events are in quarantine.\n", (await RunAsync(server, "rollback", "1")).Output.ReplaceLineEndings("\n"));
            Assert.Equal((30, "RolledBack"), (Json()["version"]!["events"]!.GetValue<int>(), Json()["version"]!["outcome"]!.GetValue<string>()));
        }

        await using NlServer again = await NlServer.StartAsync(_state);
        Assert.Equal("Version 4 has 45 events from quarantine.\n", (await RunAsync(again, "replay", "3")).Output.ReplaceLineEndings("\n"));
        NlResult versions = await RunAsync(again, "versions", "--count", "2");
        Assert.Contains("replayed 3", versions.Output, StringComparison.Ordinal);
        Assert.Contains("rolled back", versions.Output, StringComparison.Ordinal);
        Assert.Equal([4, 3], Json()["versions"]!.AsArray().Select(version => version!["entry"]!["version"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Consolidate_WithNothingToSend_SaysSo()
    {
        await using NlServer server = await NlServer.StartAsync(_state);
        await FeedAsync(server, "first", 40);
        Assert.Equal("0 memories, version 1 -> 1, 0 events\n", (await RunAsync(server, "consolidate")).Output.ReplaceLineEndings("\n"));
        Assert.Equal(1, Json()["consolidation"]!["levels"]![0]!["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Feed_ContradictsWhatAModelWithAGateKnows_IsRejected()
    {
        await using NlServer server = await NlServer.StartAsync(_state);
        await FeedTopicsAsync(server, "right", shift: 0, "--gate");
        await FeedTopicsAsync(server, "wrong", shift: 1);

        await RunAsync(server, "versions");
        JsonNode newest = Json()["versions"]![0]!["entry"]!;
        Assert.Equal((2, "Rejected"), (newest["version"]!.GetValue<int>(), newest["outcome"]!.GetValue<string>()));
        Assert.Equal("wrong", newest["leftOut"]![0]!["source"]!.GetValue<string>());
    }

    [Fact]
    public async Task Feed_LabelsMoveInAModelWithAHalfLife_AreAnsweredAsTheyAreNow()
    {
        await using NlServer server = await NlServer.StartAsync(_state);
        await FeedTopicsAsync(server, "before", shift: 0, "--half-life", "60");
        await FeedTopicsAsync(server, "after", shift: 1);

        await RunAsync(server, "ask", "--tenant", "somebody", "topic4 about4 word1 word2");

        Assert.Equal("label-5", Json()["answers"]![0]!["label"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(1, "nl: Version 9 of the level 'slow' cannot be used for this; accepted: 0.", "rollback", "9")]
    [InlineData(1, "nl: Version 1 of the level 'slow' cannot be used for this; accepted: none, nothing is in quarantine.", "replay", "1")]
    [InlineData(1, "nl: There is no shared level 'deep'; accepted: slow.", "rollback", "0", "--level", "deep")]
    [InlineData(2, "nl: --count is 0; accepted: 1 to 1000.", "versions", "--count", "0")]
    [InlineData(2, "nl: --before is 0; accepted: at least 1.", "versions", "--before", "0")]
    public async Task AnyCommand_NotAccepted_SaysWhyInOneLine(int exitCode, string line, params string[] command)
    {
        await using NlServer server = await NlServer.StartAsync(_state);
        await FeedAsync(server, "first", 10);
        Assert.Equal(line, Nl.AssertFailed(exitCode, await Nl.RunAsync([.. command, "--server", server.Url])));
    }

    public void Dispose() => _folder.Dispose();

    private async Task FeedAsync(NlServer server, string source, int events)
    {
        string data = _folder.Write($"{source}.jsonl", string.Join('\n', SampleData.JsonLines(SampleData.Examples(events))));
        NlResult fed = await Nl.RunAsync("feed", "--data", data, "--source", source, "--tenant", "ann", "--server", server.Url);
        Assert.Equal(0, fed.ExitCode);
    }

    /// <summary>Events of ten topics; where shifted, with the label of another one.</summary>
    private async Task FeedTopicsAsync(NlServer server, string tenant, int shift, params string[] options)
    {
        string data = _folder.Write($"{tenant}.jsonl", string.Join('\n', Enumerable.Range(0, 300).Select(i =>
            $$"""{"text": "topic{{i % 10}} about{{i % 10}} word{{i % 7}} word{{i % 11}}", "label": "label-{{(i + shift) % 10}}", "split": "train"}""")));
        NlResult fed = await Nl.RunAsync(["feed", "--data", data, "--tenant", tenant, "--server", server.Url, .. options]);
        Assert.Equal(0, fed.ExitCode);
    }

    private async Task<NlResult> RunAsync(NlServer server, params string[] command)
    {
        NlResult result = await Nl.RunAsync([.. command, "--server", server.Url, "--json", _json]);
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        return result;
    }

    private JsonNode Json() => JsonNode.Parse(File.ReadAllText(_json))!;
}
