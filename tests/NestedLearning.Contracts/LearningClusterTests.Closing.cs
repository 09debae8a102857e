using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <content>Closing an engine.</content>
public abstract partial class LearningClusterTests
{
    [Fact]
    public async Task DisposeAsync_WhileAFlushWaitsForOthers_RefusesItAndKeepsItsUpdate()
    {
        ITierStore store = CreateStore();
        ILearningCluster cluster = await OpenWithModelAsync(Together(2), store);
        await FeedAsync(cluster, "a", Events(1, 3));
        Task<Receipt> flush = FlushAsync(cluster, "a").AsTask();
        await UntilAsync(async () => (await LevelAsync(cluster)).RoundContributors == 1);

        await cluster.DisposeAsync();

        await Assert.ThrowsAnyAsync<NestedLearningException>(() => flush);
        await using ILearningCluster again = await OpenAsync(store);
        await Task.WhenAll(FlushAsync(again, "a").AsTask(), FlushAsync(again, "b").AsTask());
        Assert.Equal((1L, 3L), ((await LevelAsync(again)).Version, (await LevelAsync(again)).Events));
    }

    [Fact]
    public async Task DisposeAsync_WhileManyFeed_LosesNothingThatWasCalledDurable()
    {
        ITierStore store = CreateStore();
        ILearningCluster cluster = await OpenWithModelAsync(Alone, store);
        long[] applied = new long[6];
        Task[] feeds = [.. applied.Select((_, i) => Task.Run(async () =>
        {
            for (int first = 1; first < 400; first += 3)
            {
                applied[i] = (await FeedAsync(cluster, $"t{i}", Events(first, 3))).Marks.AppliedThrough;
            }
        }))];
        await UntilAsync(async () => (await LevelAsync(cluster)).Version > 3);
        await cluster.DisposeAsync();
        await Task.WhenAll(feeds.Select(feed => feed.ContinueWith(_ => { }, TaskScheduler.Default)));

        await using ILearningCluster again = await OpenAsync(store);
        for (int i = 0; i < applied.Length; i++)
        {
            Assert.True((await again.GetMemoryAsync(Memory($"t{i}"), default)).Learned >= applied[i]);
            await FeedAsync(again, $"t{i}", Events(1, 402));
            await FlushAsync(again, $"t{i}");
        }

        Assert.Equal(6 * 402, (await LevelAsync(again)).Events);
    }

    [Fact]
    public async Task AnyCall_AfterDisposeAsync_IsRefused()
    {
        ILearningCluster cluster = await OpenWithModelAsync(Alone);
        await cluster.DisposeAsync();
        await cluster.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await FeedAsync(cluster, "a", Events(1, 1)));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await cluster.CreateModelAsync(Model, Spec, Alone, default));
    }
}
