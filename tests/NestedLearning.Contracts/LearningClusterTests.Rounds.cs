using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <content>Rounds of several memories.</content>
public abstract partial class LearningClusterTests
{
    [Fact]
    public async Task FlushAsync_AllMemoriesAtOnce_FoldsOneRoundOfAll()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Together(3));
        for (int round = 0; round < 4; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(async () =>
            {
                await FeedAsync(cluster, $"t{i}", Events((round * 2) + 1, i)); // the first memory never has an event
                await FlushAsync(cluster, $"t{i}");
            })));
        }

        LevelStatus level = await LevelAsync(cluster);
        Assert.Equal((4, 4 * (1 + 2)), (level.Version, level.Events));
    }

    [Fact]
    public async Task FlushAsync_NotAllMemories_FoldsAtTheDeadline()
    {
        ManualTime time = new();
        await using ILearningCluster cluster = await OpenWithModelAsync(Together(3) with { MaxWait = TimeSpan.FromMinutes(1) }, time: time);
        await FeedAsync(cluster, "a", Events(1, 2));
        await FeedAsync(cluster, "b", Events(1, 3));
        Task<Receipt>[] flushes = [FlushAsync(cluster, "a").AsTask(), FlushAsync(cluster, "b").AsTask()];
        await UntilAsync(async () => (await LevelAsync(cluster)).RoundContributors == 2);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, (await LevelAsync(cluster)).Version);

        time.Advance(TimeSpan.FromSeconds(1));

        await Task.WhenAll(flushes);
        Assert.Equal((1L, 5L), ((await LevelAsync(cluster)).Version, (await LevelAsync(cluster)).Events));
    }

    [Fact]
    public async Task FlushAsync_CancelledWhileItWaits_GoesOnWhenItIsRepeated()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Together(2));
        await FeedAsync(cluster, "a", Events(1, 2));
        using CancellationTokenSource cancellation = new();
        FlushTicket ticket = FlushTicket.Next();
        Task<Receipt> flush = cluster.FlushAsync(Memory("a"), Source, ticket, cancellation.Token).AsTask();
        await UntilAsync(async () => (await LevelAsync(cluster)).RoundContributors == 1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush);

        // A memory may hear of it later. Another ticket would then be a flush after the round, and wait for a second one.
        await Task.WhenAll(cluster.FlushAsync(Memory("a"), Source, ticket, default).AsTask(), FlushAsync(cluster, "b").AsTask());

        Assert.Equal((1L, 2L), ((await LevelAsync(cluster)).Version, (await LevelAsync(cluster)).Events));
    }

    [Fact]
    public async Task PredictAsync_WhileAFlushWaitsForOthers_Answers()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Together(2));
        await FeedAsync(cluster, "a", Events(1, 4));
        Task<Receipt> flush = FlushAsync(cluster, "a").AsTask();
        await UntilAsync(async () => (await LevelAsync(cluster)).RoundContributors == 1);

        Assert.All(await AskAsync(cluster, "a"), answer => Assert.NotNull(answer.Label));

        Assert.False(flush.IsCompleted);
        await Task.WhenAll(flush, FlushAsync(cluster, "b").AsTask());
    }

    [Fact]
    public async Task FeedAsync_Synchronous_WaitsForTheVersionOfItsPeriod()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Together(1));
        await FeedAsync(cluster, "a", Events(1, 11));
        LevelStatus level = await LevelAsync(cluster);
        Assert.Equal((2, 10), (level.Version, level.Events));
    }
}
