using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <content>What survives when an engine closes and opens again on the same store.</content>
public abstract partial class LearningClusterTests
{
    [Theory]
    [InlineData(3)] // nothing folded
    [InlineData(17)] // folds, and a part of a period
    [InlineData(400)] // folds, and a new base
    public async Task OpenAsync_OnTheSameStore_ResumesToTheSameBits(int events)
    {
        ITierStore store = CreateStore();
        IReadOnlyList<Prediction> answers;
        float[] weights;
        MemoryStatus status;
        await using (ILearningCluster first = await OpenWithModelAsync(Together(1), store))
        {
            await FeedAsync(first, "a", Events(1, events));
            answers = await AskAsync(first, "a");
            weights = await WeightsAsync(first);
            status = await first.GetMemoryAsync(Memory("a"), default);
        }

        await using ILearningCluster again = await OpenAsync(store);
        Assert.Equal(answers, await AskAsync(again, "a"));
        Assert.Equal(weights, await WeightsAsync(again));
        MemoryStatus resumed = await again.GetMemoryAsync(Memory("a"), default);
        Assert.Equal((status.Learned, status.Correct), (resumed.Learned, resumed.Correct));
        Assert.Equal(0, (await FeedAsync(again, "a", Events(1, events))).Learned);
    }

    [Fact]
    public async Task OpenAsync_AfterEveryBatch_EndsLikeAnUndisturbedRun()
    {
        ITierStore store = CreateStore();
        for (int first = 1; first <= 57; first += 7)
        {
            await using ILearningCluster cluster = await OpenWithModelAsync(Together(1), store);
            Assert.Equal(7, (await FeedAsync(cluster, "a", Events(Math.Max(1, first - 3), first == 1 ? 7 : 10))).Learned);
        }

        await using ILearningCluster again = await OpenAsync(store);
        await FlushAsync(again, "a");
        await using ILearningCluster undisturbed = await OpenWithModelAsync(Together(1));
        await FeedAsync(undisturbed, "a", Events(1, 63));
        await FlushAsync(undisturbed, "a");
        Assert.Equal(63, (await LevelAsync(again)).Events);
        Assert.Equal(await WeightsAsync(undisturbed), await WeightsAsync(again));
    }
}
