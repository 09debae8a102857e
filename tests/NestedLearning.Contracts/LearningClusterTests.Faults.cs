using NestedLearning.Models;
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
        FaultyTierStore store = new(CreateStore());
        List<ModelId> models = [];
        int told = 0;
        await using (ILearningCluster cluster = await OpenAsync(store))
        {
            // Of each further model one save more takes place before one fails, until all do.
            do
            {
                store.FailAfter(models.Count, fault);
                models.Add(new ModelId($"m{models.Count}"));
                told += await FeedWithRetriesAsync(cluster, models[^1]);
            }
            while (store.HasFailed);

            store.FailAfter(int.MaxValue, fault);
        }

        Assert.True(told >= 5, $"only {told} callers were told");
        await using ILearningCluster again = await OpenAsync(store);
        foreach (ModelId model in models)
        {
            Assert.Equal(23, (await LevelAsync(again, model)).Events);
            Assert.Equal(23, (await again.GetVersionAsync(model, Slow, default)).Tensors.Get<IntegerTensor>("counts").Values.ToArray().Sum());
            Assert.Equal(expected, await WeightsAsync(again, model));
        }
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

    private static async Task<int> FeedWithRetriesAsync(ILearningCluster cluster, ModelId model)
    {
        int failures = 0;
        MemoryAddress memory = new(model, new TenantId("a"));
        await RetryAsync(async () => await cluster.CreateModelAsync(model, Spec, Together(1), default));
        await RetryAsync(async () => await cluster.FeedAsync(memory, Source, Events(1, 12), default));
        await RetryAsync(async () => await cluster.FeedAsync(memory, Source, Events(1, 23), default));
        await RetryAsync(async () => await cluster.FlushAsync(memory, Source, default));
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
