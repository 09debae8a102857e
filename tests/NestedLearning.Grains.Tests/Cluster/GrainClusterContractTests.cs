using NestedLearning.Contracts;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Cluster;

/// <summary>What every engine promises, by silos whose states are in grain storage.</summary>
public abstract class GrainClusterContractTests(short silos, GrainStorageFixture storage) : LearningClusterTests
{
    protected override ITierStore CreateStore() => storage.CreateStore();

    protected override async ValueTask<ILearningCluster> OpenAsync(ITierStore store, TimeProvider time) =>
        await TestTiers.StartAsync(silos, store, time, Configure);

    /// <summary>Sets the silos' options where they matter to the tests.</summary>
    protected virtual void Configure(TierSiloOptions options)
    {
    }
}

/// <summary>One silo, states in the memory of Orleans.</summary>
public sealed class OneSiloInMemoryTests(MemoryStorageFixture storage)
    : GrainClusterContractTests(1, storage), IClassFixture<MemoryStorageFixture>;

/// <summary>Three silos, states in the memory of Orleans.</summary>
public sealed class ThreeSilosInMemoryTests(MemoryStorageFixture storage)
    : GrainClusterContractTests(3, storage), IClassFixture<MemoryStorageFixture>;

/// <summary>One silo, states in Azure Blob Storage as Azurite emulates it.</summary>
public sealed class OneSiloOnBlobsTests(BlobStorageFixture storage)
    : GrainClusterContractTests(1, storage), IClassFixture<BlobStorageFixture>;

/// <summary>Three silos, states in Azure Blob Storage as Azurite emulates it.</summary>
public sealed class ThreeSilosOnBlobsTests(BlobStorageFixture storage)
    : GrainClusterContractTests(3, storage), IClassFixture<BlobStorageFixture>;

/// <summary>One silo with room for two memories: all others leave and come back between their calls.</summary>
public sealed class OneSiloWithLittleRoomTests(MemoryStorageFixture storage)
    : GrainClusterContractTests(1, storage), IClassFixture<MemoryStorageFixture>
{
    protected override void Configure(TierSiloOptions options) => options.MaxResidentMemories = 2;
}
