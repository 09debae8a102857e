using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Cluster;

/// <summary>Sequence models on silos, whose states are in the memory of Orleans.</summary>
public abstract class SequenceTrainingTests(short silos, MemoryStorageFixture storage) : Contracts.SequenceTrainingTests
{
    protected override ITierStore CreateStore() => storage.CreateStore();

    protected override async ValueTask<ILearningCluster> OpenAsync(ITierStore store) =>
        await TestTiers.StartAsync(silos, store);
}

/// <summary>One silo.</summary>
public sealed class OneSiloSequenceTrainingTests(MemoryStorageFixture storage)
    : SequenceTrainingTests(1, storage), IClassFixture<MemoryStorageFixture>;

/// <summary>Three silos.</summary>
public sealed class ThreeSilosSequenceTrainingTests(MemoryStorageFixture storage)
    : SequenceTrainingTests(3, storage), IClassFixture<MemoryStorageFixture>;
