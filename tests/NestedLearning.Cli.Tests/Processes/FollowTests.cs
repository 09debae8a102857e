using System.Text.Json.Nodes;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Tests.Processes;

/// <summary><c>nl feed --follow</c>: what came in once is not lost with the process that read it.</summary>
public sealed class FollowTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Feed_FollowedTwice_NumbersOn()
    {
        using ServerProcess server = await ServerProcess.StartAsync("classifier");

        JsonNode first = await FollowAsync(server, Lines(30));
        JsonNode second = await FollowAsync(server, Lines(30));

        Assert.Equal((30, 30), (first["learned"]!.GetValue<int>(), first["durableThrough"]!.GetValue<int>()));
        Assert.Equal((30, 60), (second["learned"]!.GetValue<int>(), second["durableThrough"]!.GetValue<int>()));
        Assert.False(File.Exists(SpoolFile));
    }

    [Fact]
    public async Task Feed_FollowedAndKilledWithItsServer_GoesOnFromTheSpool()
    {
        using ServerProcess server = await ServerProcess.StartAsync("classifier");
        await FollowAsync(server, Lines(1));
        using (NlProcess feed = NlProcess.StartOpen(Command(server)))
        {
            await feed.WriteAsync(Lines(40));
            await WaitForAsync(server, learned: 41);
            Assert.True(await feed.KillAsync());
        }

        Assert.True(new FileInfo(SpoolFile).Length > 0);
        await server.KillAndRestartAsync();

        JsonNode last = await FollowAsync(server, Lines(9));

        Assert.Equal((50, 50), (last["appliedThrough"]!.GetValue<int>(), last["durableThrough"]!.GetValue<int>()));
        Assert.False(File.Exists(SpoolFile));
    }

    [Theory]
    [InlineData("--follow goes with --data - only", "--data", "events.jsonl", "--follow")]
    [InlineData("--spool goes with --follow only", "--data", "-", "--spool", "spool")]
    public async Task Feed_OptionsThatDoNotGoTogether_SaysSo(string problem, params string[] args)
    {
        NlResult result = await Nl.RunAsync(["feed", .. args, "--tenant", "ann", "--server", "http://127.0.0.1:1"]);

        Assert.Contains(problem, Nl.AssertFailed(2, result), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Json => Path.Combine(_folder.Path, "result.json");

    private string Spool => Path.Combine(_folder.Path, "spool");

    private string SpoolFile => Path.Combine(Spool, "classifier", "ann", "feed.spool");

    private static string Lines(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $$"""{"text":"word{{i % 5}}","label":"class {{i % 5}}"}""" + "\n"));

    private static async Task WaitForAsync(ServerProcess server, long learned)
    {
        await using HttpLearningCluster client = server.Connect(new HttpClusterOptions());
        while ((await client.GetMemoryAsync(new MemoryAddress(new ModelId("classifier"), new TenantId("ann")), default)).Learned < learned)
        {
            // The feed sends what it has read; nothing but its server says when it is there.
        }
    }

    private string[] Command(ServerProcess server) =>
        ["feed", "--data", "-", "--follow", "--spool", Spool, "--tenant", "ann", "--server", server.Url.ToString(), "--key", server.Key, "--json", Json];

    private async Task<JsonNode> FollowAsync(ServerProcess server, string lines)
    {
        using NlProcess feed = NlProcess.Start(Command(server), lines);
        NlResult result = await feed.EndAsync();
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return JsonNode.Parse(await File.ReadAllTextAsync(Json))!;
    }
}
