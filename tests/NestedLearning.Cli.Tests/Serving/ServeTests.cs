using System.Text.Json.Nodes;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Cli.Tests.Training;

namespace NestedLearning.Cli.Tests.Serving;

/// <summary>Serve, feed, ask and levels, together.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _events;
    private readonly string _state;
    private readonly string _json;

    public ServeTests()
    {
        _events = _folder.Write("events.jsonl", string.Join('\n', SampleData.JsonLines(SampleData.Examples(120))));
        _state = Path.Combine(_folder.Path, "state");
        _json = Path.Combine(_folder.Path, "result.json");
    }

    [Theory]
    [InlineData(1, "shard")]
    [InlineData(3, "class")]
    public async Task TrainClassifier_OnAServer_GivesTheResultOfThisProcess(int workers, string split)
    {
        string[] settings = ["--workers", $"{workers}", "--split", split, "--json", _json];
        await RunAsync(Nl.SmallTraining(_events, settings));
        string here = new ResultJson(_json).WithoutTimes;
        await using NlServer server = await NlServer.StartAsync(_state);

        await RunAsync(Nl.SmallTraining(_events, [.. settings, "--server", server.Url]));

        Assert.Equal(here, new ResultJson(_json).WithoutTimes);
    }

    [Fact]
    public async Task TrainClassifier_ModelThatHasLearned_IsRefused()
    {
        await using NlServer server = await NlServer.StartAsync(_state);
        await RunAsync(Nl.SmallTraining(_events, "--server", server.Url));

        string line = Nl.AssertFailed(1, await Nl.RunAsync(Nl.SmallTraining(_events, "--server", server.Url)));

        Assert.Equal("nl: The server's model 'classifier' has learned before; name another with --model, or go on with the --data-dir of its run.", line);
        await RunAsync(Nl.SmallTraining(_events, "--server", server.Url, "--model", "second"));
    }

    [Fact]
    public async Task Feed_ServerStoppedAndStarted_CountsEveryEventOnce()
    {
        JsonNode first;
        await using (NlServer server = await NlServer.StartAsync(_state))
        {
            first = await FeedAsync(server);
            (int exitCode, string output) = await server.StopAsync();
            Assert.Equal(0, exitCode);
            Assert.EndsWith($"Stopped; what was learned is in '{_state}'.\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        }

        await using NlServer again = await NlServer.StartAsync(_state);
        JsonNode second = await FeedAsync(again);

        int events = SampleData.Training(SampleData.Examples(120));
        Assert.Equal((events, events), (first["events"]!.GetValue<int>(), first["learned"]!.GetValue<int>()));
        Assert.Equal((events, 0), (second["events"]!.GetValue<int>(), second["learned"]!.GetValue<int>()));
        await RunAsync("models", "--server", again.Url, "--json", _json);
        Assert.Equal(["classifier"], Json()["models"]!.AsArray().Select(model => model!["name"]!.GetValue<string>()));
        await RunAsync("tenants", "list", "--prefix", "a", "--server", again.Url, "--json", _json);
        Assert.Equal(["ann"], Json()["tenants"]!.AsArray().Select(tenant => tenant!.GetValue<string>()));
        NlResult shown = await RunAsync("tenants", "show", "--tenant", "ann", "--server", again.Url, "--json", _json);
        Assert.Contains($"'ann' has learned {events} events, ", shown.Output, StringComparison.Ordinal);
        Assert.Equal(events, Json()["memory"]!["learned"]!.GetValue<int>());
        await RunAsync("levels", "--server", again.Url, "--json", _json);
        Assert.Equal(events, Json()["levels"]![0]!["events"]!.GetValue<int>());
    }

    [Fact]
    public async Task Ask_AfterAFeed_AnswersEachText()
    {
        await using NlServer server = await NlServer.StartAsync(_state);
        await FeedAsync(server);

        NlResult result = await RunAsync(
            "ask", "--tenant", "ann", "--server", server.Url, "--json", _json, "topic1word1 topic1word2", "topic2word1 topic2word2");

        Assert.Contains("class 1", result.Output, StringComparison.Ordinal);
        Assert.Equal(["class 1", "class 2"], Json()["answers"]!.AsArray().Select(answer => answer!["label"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Ask_UnknownModel_SaysSo()
    {
        await using NlServer server = await NlServer.StartAsync(_state);

        string line = Nl.AssertFailed(1, await Nl.RunAsync("ask", "--model", "none", "--tenant", "ann", "--server", server.Url, "a"));

        Assert.Equal("nl: There is no model 'none'; create it first.", line);
    }

    [Fact]
    public async Task TrainClassifier_AddressThatTheServerDoesNotRead_IsStreamed()
    {
        await RunAsync(Nl.SmallTraining(_events, "--json", _json));
        string here = new ResultJson(_json).WithoutTimes;
        await using NlServer server = await NlServer.StartAsync(_state);

        NlResult result = await RunAsync(Nl.SmallTraining("file://" + _events, "--server", server.Url, "--json", _json));

        Assert.StartsWith("The data is streamed from here. This engine runs no training by itself", result.Output, StringComparison.Ordinal);
        Assert.Equal(here, new ResultJson(_json).WithoutTimes);
    }

    [Fact]
    public async Task Serve_DirectoryInUse_SaysSo()
    {
        await using NlServer server = await NlServer.StartAsync(_state);

        string line = Nl.AssertFailed(1, await Nl.RunAsync("serve", "--data-dir", _state, "--port", "0"));

        Assert.Contains("in use", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_PortInUse_SaysSo()
    {
        await using NlServer server = await NlServer.StartAsync(_state);

        string line = Nl.AssertFailed(
            1, await Nl.RunAsync("serve", "--data-dir", Path.Combine(_folder.Path, "other"), "--port", $"{new Uri(server.Url).Port}"));

        Assert.Contains("address already in use", line, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<NlResult> RunAsync(params string[] command)
    {
        NlResult result = await Nl.RunAsync(command);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result;
    }

    private async Task<JsonNode> FeedAsync(NlServer server)
    {
        await RunAsync("feed", "--data", _events, "--tenant", "ann", "--server", server.Url, "--json", _json);
        return Json();
    }

    private JsonNode Json() => JsonNode.Parse(File.ReadAllText(_json))!;
}
