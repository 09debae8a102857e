using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <content>Doing away with models.</content>
public abstract partial class LearningClusterTests
{
    [Fact]
    public async Task DeleteModelAsync_Model_LeavesNothingThatAnybodyKnows()
    {
        ITierStore store = CreateStore();
        await using (ILearningCluster first = await OpenWithModelAsync(Kept, store))
        {
            await FeedAsync(first, "a", Events(1, 60));
            await FlushAsync(first, "a");
            await FeedAsync(first, "never-sent", Events(1, 3)); // It is saved when the engine closes.
        }

        await using (ILearningCluster cluster = await OpenAsync(store))
        {
            await cluster.CreateModelAsync(new ModelId("other"), Spec, Alone, default);
            await FeedAsync(cluster, "b", Events(1, 7));

            Assert.True(await cluster.DeleteModelAsync(Model, default));

            await AssertUnknownAsync(cluster);
            Assert.Equal([new ModelId("other")], await cluster.GetModelsAsync(default));
            Assert.False(await cluster.DeleteModelAsync(Model, default));
        }

        await AssertNothingIsStoredAsync(store, "a", "never-sent", "b");
        await using ILearningCluster again = await OpenAsync(store);
        await AssertUnknownAsync(again);
        Assert.Equal([new ModelId("other")], await again.GetModelsAsync(default));
    }

    [Fact]
    public async Task DeleteModelAsync_ThenMadeAnew_StartsFromNothing()
    {
        ITierStore store = CreateStore();
        await using (ILearningCluster cluster = await OpenWithModelAsync(Kept, store))
        {
            await FeedAsync(cluster, "a", Events(1, 60));
            await FlushAsync(cluster, "a");
            await cluster.DeleteModelAsync(Model, default);
            await cluster.CreateModelAsync(Model, Spec with { Ridge = 1 }, Alone, default);

            Assert.Equal((0L, 0L), ((await LevelAsync(cluster)).Version, (await LevelAsync(cluster)).Events));
            Assert.Equal(0, (await cluster.GetMemoryAsync(Memory("a"), default)).Learned);
            Assert.All(await AskAsync(cluster, "a"), answer => Assert.Null(answer.Label));
            Assert.Empty(await cluster.GetTenantsAsync(Model, new TenantQuery(), default));
            Assert.Equal(10, (await FeedAsync(cluster, "a", Events(1, 10))).Learned); // Their numbers are new again.
            await FlushAsync(cluster, "a");
        }

        await using ILearningCluster again = await OpenAsync(store);
        Assert.Equal(10, (await LevelAsync(again)).Events);
        Assert.Equal(1, ((ClassifierSpec)(await again.GetModelAsync(Model, default)).Spec).Ridge);
    }

    [Fact]
    public async Task DeleteModelAsync_AnotherModel_StaysAsItIs()
    {
        ModelId other = new("m2"); // Its name begins as the other's.
        await using ILearningCluster cluster = await OpenWithModelAsync(Kept);
        await cluster.CreateModelAsync(other, Spec, Kept, default);
        MemoryAddress memory = new(other, new TenantId("a"));
        foreach (MemoryAddress each in new[] { memory, Memory("a") })
        {
            await cluster.FeedAsync(each, Source, Events(1, 20), default);
            await cluster.FlushAsync(each, Source, default);
        }

        float[] before = await WeightsAsync(cluster, other);
        await cluster.DeleteModelAsync(Model, default);

        Assert.Equal(before, await WeightsAsync(cluster, other));
        Assert.Equal(20, (await cluster.GetMemoryAsync(memory, default)).Learned);
        Assert.Equal(0, (await cluster.FeedAsync(memory, Source, Events(1, 20), default)).Learned); // known, as before
    }

    [Fact]
    public async Task DeleteModelAsync_WhileAFlushWaitsForOthers_RefusesIt()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Together(2));
        await FeedAsync(cluster, "a", Events(1, 3));
        Task<Receipt> flush = FlushAsync(cluster, "a").AsTask();
        await UntilAsync(async () => (await LevelAsync(cluster)).RoundContributors == 1);

        Assert.True(await cluster.DeleteModelAsync(Model, default));

        await Assert.ThrowsAsync<UnknownModelException>(() => flush);
        await Assert.ThrowsAsync<UnknownModelException>(async () => await FeedAsync(cluster, "a", Events(4, 1)));
    }

    [Fact]
    public async Task DeleteModelAsync_ManyAtOnce_AllEnd()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Kept);
        await FeedAsync(cluster, "a", Events(1, 20));

        bool[] were = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => cluster.DeleteModelAsync(Model, default).AsTask()));

        Assert.Contains(true, were);
        await AssertUnknownAsync(cluster);
        await cluster.CreateModelAsync(Model, Spec, Alone, default);
        Assert.Equal(0, (await LevelAsync(cluster)).Events);
    }

    [Fact]
    public async Task DeleteModelAsync_NoSuchModel_ChangesNothing()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Kept);
        Assert.False(await cluster.DeleteModelAsync(new ModelId("none"), default));
        Assert.Equal([Model], await cluster.GetModelsAsync(default));
    }

    private static async Task AssertUnknownAsync(ILearningCluster cluster)
    {
        await Assert.ThrowsAsync<UnknownModelException>(async () => await cluster.GetModelAsync(Model, default));
        await Assert.ThrowsAsync<UnknownModelException>(async () => await FeedAsync(cluster, "a", Events(100, 1)));
        await Assert.ThrowsAsync<UnknownModelException>(async () => await FlushAsync(cluster, "a"));
        await Assert.ThrowsAsync<UnknownModelException>(async () => await AskAsync(cluster, "a"));
        await Assert.ThrowsAsync<UnknownModelException>(async () => await cluster.GetMemoryAsync(Memory("a"), default));
        await Assert.ThrowsAsync<UnknownModelException>(async () => await cluster.GetLevelsAsync(Model, default));
        await Assert.ThrowsAsync<UnknownModelException>(async () => await cluster.GetTenantsAsync(Model, new TenantQuery(), default));
        await Assert.ThrowsAsync<UnknownModelException>(async () => await cluster.GetVersionAsync(Model, Slow, default));
        await Assert.ThrowsAsync<UnknownModelException>(async () => await cluster.ForgetAsync(Model, new TenantId("a"), default));
        await Assert.ThrowsAsync<UnknownModelException>(async () => await cluster.ExportTenantAsync(Model, new TenantId("a"), default).ToListAsync());
    }

    private static async Task AssertNothingIsStoredAsync(ITierStore store, params string[] tenants)
    {
        List<StateKey> keys =
        [
            StateKey.Spec(Model), StateKey.Deletion(Model), StateKey.Consolidator(Model, Slow), StateKey.Snapshots(Model, Slow), StateKey.Schedules(Model),
            .. Enumerable.Range(0, 2).Select(number => StateKey.ConsolidatorBase(Model, Slow, number)),
            .. tenants.Select(tenant => StateKey.Memory(Model, new TenantId(tenant))),
        ];
        foreach (StateKey key in keys)
        {
            Assert.True(await store.LoadAsync(key, default) is null, $"'{key}' is left");
        }

        if (store is ITierStoreListing listing)
        {
            Assert.Empty(await listing.ListAsync(StateKey.PrefixOf(Model), default).ToListAsync());
        }
    }
}
