using System.Text.Json.Nodes;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Cli.Tests.Training;

namespace NestedLearning.Cli.Tests.Serving;

/// <summary><c>nl schedule</c> against a server.</summary>
public sealed class ScheduleCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _events;
    private readonly string _state;
    private readonly string _json;

    public ScheduleCommandTests()
    {
        _events = _folder.Write("events.jsonl", string.Join('\n', SampleData.JsonLines(SampleData.Examples(40))));
        _state = Path.Combine(_folder.Path, "state");
        _json = Path.Combine(_folder.Path, "result.json");
    }

    [Fact]
    public async Task Schedule_AddedRunAndRestarted_KeepsItsRecords()
    {
        await using (NlServer server = await ServeAsync())
        {
            NlResult added = await RunAsync(server, "add", "nightly", "--action", "consolidate", "--cron", "0 3 1 1 *", "--zone", "Asia/Tokyo");
            Assert.Matches(@"^The schedule 'classifier/nightly' runs next at \d{4}-12-31 18:00:00Z\.\n$", added.Output.ReplaceLineEndings("\n"));
            Assert.Equal("0 memories, version 1 -> 1, 0 events\n", (await RunAsync(server, "run", "nightly")).Output.ReplaceLineEndings("\n"));
            Assert.Equal("Succeeded", Json()["run"]!["outcome"]!.GetValue<string>());
        }

        await using NlServer again = await NlServer.StartAsync(_state);
        NlResult list = await RunAsync(again, "list");
        Assert.Contains("nightly", list.Output, StringComparison.Ordinal);
        Assert.Equal("nightly", Json()["schedules"]![0]!["schedule"]!.GetValue<string>());
        NlResult history = await RunAsync(again, "history", "nightly");
        Assert.Contains("succeeded", history.Output, StringComparison.Ordinal);
        Assert.Equal("0 memories, version 1 -> 1, 0 events", Assert.Single(Json()["runs"]!.AsArray())!["detail"]!.GetValue<string>());
        await RunAsync(again, "remove", "nightly");
        string line = Nl.AssertFailed(1, await Nl.RunAsync("schedule", "remove", "nightly", "--server", again.Url));
        Assert.Equal("nl: The model 'classifier' has no schedule 'nightly'.", line);
    }

    [Fact]
    public async Task Run_AnEvaluationOfAModelWithAGate_AsksTheProbesOfEachTenant()
    {
        await using NlServer server = await NlServer.StartAsync(_state);
        foreach (string tenant in new[] { "ann", "ben" })
        {
            NlResult fed = await Nl.RunAsync("feed", "--gate", "--data", _events, "--tenant", tenant, "--server", server.Url);
            Assert.Equal((0, ""), (fed.ExitCode, fed.Error));
        }

        await RunAsync(server, "add", "hourly", "--action", "evaluate", "--cron", "0 * * * *");
        NlResult run = await RunAsync(server, "run", "hourly");

        Assert.Matches(@"\d+\s+of\s+\d+\s+probes\s+right\s*$", run.Output); // The console breaks lines.
        JsonNode[] probes = [.. Json()["run"]!["probes"]!.AsArray().Select(probe => probe!)];
        Assert.Equal(["ann", "ben"], probes.Select(probe => Text(probe, "source")));
        Assert.All(probes, probe => Assert.InRange(probe["right"]!.GetValue<int>(), 1, probe["asked"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Add_EveryOption_ReachesTheServer()
    {
        await using NlServer server = await ServeAsync();
        await RunAsync(server, "add", "a", "--action", "expire", "--cron", "0 0 * * 0", "--idle-for", "36h", "--skip-missed");
        JsonNode expiry = Json()["schedule"]!["spec"]!;
        await RunAsync(server, "add", "b", "--action", "snapshot", "--cron", "0 0 * * 0", "--level", "slow", "--keep", "3");
        JsonNode snapshot = Json()["schedule"]!["spec"]!;

        Assert.Equal(("Expire", "1.12:00:00", "Skip"), (Text(expiry, "action"), Text(expiry, "idleFor"), Text(expiry, "missed")));
        Assert.Equal(("Snapshot", "slow", "RunOnce", 3), (Text(snapshot, "action"), Text(snapshot, "level"), Text(snapshot, "missed"), snapshot["keep"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Add_NotAccepted_SaysWhyInOneLine()
    {
        await using NlServer server = await ServeAsync();

        string line = Nl.AssertFailed(2, await Nl.RunAsync(
            "schedule", "add", "a", "--action", "consolidate", "--cron", "0 3 * *", "--zone", "Mars/Base", "--server", server.Url));

        Assert.Contains("Cron is '0 3 * *': it has 4 fields", line, StringComparison.Ordinal);
        Assert.Contains("TimeZone is 'Mars/Base', accepted: an IANA name", line, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A server whose model has learned something.</summary>
    private async Task<NlServer> ServeAsync()
    {
        NlServer server = await NlServer.StartAsync(_state);
        NlResult fed = await Nl.RunAsync("feed", "--data", _events, "--tenant", "ann", "--server", server.Url);
        Assert.Equal((0, ""), (fed.ExitCode, fed.Error));
        return server;
    }

    private async Task<NlResult> RunAsync(NlServer server, params string[] command)
    {
        NlResult result = await Nl.RunAsync(["schedule", .. command, "--server", server.Url, "--json", _json]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result;
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private JsonNode Json() => JsonNode.Parse(File.ReadAllText(_json))!;
}
