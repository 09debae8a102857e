using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Grains.Tests.Cluster;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Importing;

/// <summary>Imports into a cluster that end at any write, in a store that it cannot list.</summary>
public sealed class CutShortImportTests : Contracts.CutShortImportTests
{
    [Fact]
    public async Task StorePartAsync_TheNameIsDeletedMeanwhile_SaysToBeginAgain()
    {
        MemoryTierStore stored = new();
        await using TestTiers tiers = await TestTiers.StartAsync(1, stored);
        IModelGrain grain = tiers.Cluster.Client.GetGrain<IModelGrain>("m");
        ModelId model = new("m");
        string digest = new('a', 64);
        await StoreAsync(0);
        Assert.Equal([model], await tiers.GetModelsAsync(default));

        Assert.True(await tiers.DeleteModelAsync(model, default));

        Assert.Empty(await stored.ListAsync(StateKey.PrefixOf(model), default).ToListAsync());
        Assert.Empty(await tiers.GetModelsAsync(default));
        ImportOvertakenException error = await Assert.ThrowsAsync<ImportOvertakenException>(() => StoreAsync(1));
        Assert.Equal(model, error.Model);
        ModelSettings settings = new(new ClassifierSpec { Features = 64 }, new RoundPolicy()) { Initial = digest };
        await Assert.ThrowsAsync<ImportOvertakenException>(async () => await grain.CreateAsync(new Payload(settings.ToJson()), default));
        Assert.Empty(await stored.ListAsync(StateKey.PrefixOf(model), default).ToListAsync());

        Task StoreAsync(int part) => grain.StorePartAsync(digest, "slow", part, new Payload(new byte[] { 1, 2, 3 }), default).AsTask();
    }

    [Fact]
    public async Task StorePartAsync_OfAnotherModelThanThereIs_IsRefusedAndStoresNothing()
    {
        MemoryTierStore stored = new();
        await using TestTiers tiers = await TestTiers.StartAsync(1, stored);
        ModelId model = new("m");
        await tiers.CreateModelAsync(model, new ClassifierSpec { Features = 64 }, new RoundPolicy(), default);

        await Assert.ThrowsAsync<ModelConflictException>(async () => await tiers.Cluster.Client.GetGrain<IModelGrain>("m")
            .StorePartAsync(new string('a', 64), "slow", 0, new Payload(new byte[] { 1 }), default));

        Assert.Equal([StateKey.Spec(model)], await stored.ListAsync(StateKey.PrefixOf(model), default).ToListAsync());
    }

    protected override async ValueTask<IWorld> OpenAsync()
    {
        MemoryTierStore stored = new();
        BreakingStore store = new(stored) { WritesLeft = int.MaxValue };
        return new World(await TestTiers.StartAsync(1, store), store, stored);
    }

    private sealed class World(TestTiers tiers, BreakingStore store, MemoryTierStore stored) : IWorld
    {
        public ILearningCluster Cluster => tiers;

        public void BreakAfter(int writes) => store.WritesLeft = writes;

        /// <summary>The cluster goes on: what ended is whoever imported.</summary>
        public ValueTask RestartAsync() => ValueTask.CompletedTask;

        public IAsyncEnumerable<StateKey> ListAsync(ModelId model) => stored.ListAsync(StateKey.PrefixOf(model), default);

        public ValueTask DisposeAsync() => tiers.DisposeAsync();
    }
}
