using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <content>Stores that fail.</content>
public abstract partial class LearningClusterTests
{
    [Theory]
    [InlineData(SaveFault.Full)]
    [InlineData(SaveFault.UnavailableBefore)]
    [InlineData(SaveFault.UnavailableAfter)]
    public async Task AnySave_Fails_IsToldToTheCallerAndLosesNothing(SaveFault fault)
    {
        float[] expected = await UndisturbedWeightsAsync();
        int seen = 0;
        for (int saves = 0; ; saves++)
        {
            FaultyTierStore store = new(CreateStore());
            store.FailAfter(saves, fault);
            int failures = await FeedWithRetriesAsync(store, expected);
            if (!store.HasFailed)
            {
                break;
            }

            seen += failures;
        }

        Assert.True(seen >= 5, $"only {seen} callers were told");
    }

    [Fact]
    public async Task DisposeAsync_StoreFails_SaysSoAndTheNextOneResumes()
    {
        FaultyTierStore store = new(CreateStore());
        ILearningCluster cluster = await OpenWithModelAsync(Alone, store);
        await FeedAsync(cluster, "a", Events(1, 3));
        await FeedAsync(cluster, "b", Events(1, 2));
        store.FailAfter(0, SaveFault.Full);
        StoreException error = await Assert.ThrowsAsync<StoreException>(async () => await cluster.DisposeAsync());
        Assert.Equal(StoreProblem.Full, error.Problem);

        await using ILearningCluster again = await OpenWithModelAsync(Alone, store);
        foreach ((string tenant, int events) in new[] { ("a", 3), ("b", 2) })
        {
            await FeedAsync(again, tenant, Events(1, events));
            await FlushAsync(again, tenant);
        }

        Assert.Equal(5, (await LevelAsync(again)).Events);
    }

    private async Task<float[]> UndisturbedWeightsAsync()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Together(1));
        await FeedAsync(cluster, "a", Events(1, 23));
        await FlushAsync(cluster, "a");
        return await WeightsAsync(cluster);
    }

    private async Task<int> FeedWithRetriesAsync(FaultyTierStore store, float[] expected)
    {
        int failures = 0;
        ILearningCluster cluster = await OpenAsync(store);
        await RetryAsync(async () => await cluster.CreateModelAsync(Model, Spec, Together(1), default));
        await RetryAsync(async () => await FeedAsync(cluster, "a", Events(1, 12)));
        await RetryAsync(async () => await FeedAsync(cluster, "a", Events(1, 23)));
        await RetryAsync(async () => await FlushAsync(cluster, "a"));
        await cluster.DisposeAsync();

        await using ILearningCluster again = await OpenAsync(store);
        Assert.Equal(23, (await LevelAsync(again)).Events);
        Assert.Equal(23, (await again.GetVersionAsync(Model, Slow, default)).Tensors.Get<IntegerTensor>("counts").Values.ToArray().Sum());
        Assert.Equal(expected, await WeightsAsync(again));
        return failures;

        async Task RetryAsync(Func<Task> call)
        {
            try
            {
                await call();
            }
            catch (StoreException)
            {
                failures++;
                await call();
            }
        }
    }
}
