using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Tests.Processes;

/// <summary>kill -9 of the server, again and again during a feed: every event counts once.</summary>
public sealed class KilledServerTests
{
    private const int Kills = 20;
    private const int EventsBetweenKills = 60;

    private static readonly ModelId Model = new("small");
    private static readonly MemoryAddress Ann = new(Model, new TenantId("ann"));
    private static readonly SourceId Source = new("test");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Feed_ServerKilledTwentyTimes_CountsEveryEventOnce(bool isLive)
    {
        using ServerProcess server = await ServerProcess.StartAsync(Model.Value);
        HttpClusterOptions patient = new()
        {
            EventsPerRequest = 16,
            MaxRetries = 1_000_000,
            RetryDelay = TimeSpan.FromMilliseconds(5),
            MaxRetryDelay = TimeSpan.FromMilliseconds(50),
        };
        await using HttpLearningCluster client = server.Connect(patient);

        int fed = 0;
        for (int kills = 0; kills < Kills; kills++)
        {
            Task feed = FeedAsync(client, isLive, fed + 1, EventsBetweenKills);
            await server.KillAndRestartAsync();
            await feed;
            fed += EventsBetweenKills;
        }

        Assert.Equal(new Receipt(fed, fed), await client.FlushAsync(Ann, Source, default));
        Assert.Equal(fed, (await client.GetMemoryAsync(Ann, default)).Learned);
        Assert.Equal(fed, (await client.GetLevelsAsync(Model, default))[0].Events);
    }

    private static async Task FeedAsync(HttpLearningCluster client, bool isLive, int first, int count)
    {
        IEnumerable<LearningEvent> events = Enumerable.Range(first, count).Select(
            i => new LearningEvent(i, new TextInput($"word{i % 7} word{i % 3}"), $"class {i % 7}"));
        if (!isLive)
        {
            await client.FeedAsync(Ann, Source, [.. events], default);
            return;
        }

        await foreach (FeedReceipt receipt in client.FeedLiveAsync(Ann, Source, events.ToAsyncEnumerable(), default))
        {
            Assert.True(receipt.Marks.AppliedThrough < first + count);
        }
    }
}
