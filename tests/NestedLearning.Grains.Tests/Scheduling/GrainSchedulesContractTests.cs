using System.Runtime.CompilerServices;
using NestedLearning.Contracts;
using NestedLearning.Grains.Tests.Cluster;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Scheduling;

/// <summary>What every engine promises of schedules, by silos whose states are in grain storage.</summary>
public abstract class GrainSchedulesContractTests(short silos, GrainStorageFixture storage) : SchedulesTests
{
    private readonly ConditionalWeakTable<ITierStore, DurableReminders> _reminders = [];

    protected override ITierStore CreateStore() => storage.CreateStore();

    protected override async ValueTask<ScheduledEngine> OpenAsync(ITierStore store, TimeProvider time)
    {
        DurableReminders reminders = _reminders.GetOrCreateValue(store);
        TestTiers tiers = await TestTiers.StartAsync(silos, store, time, build: reminders.AddTo);
        return new ScheduledEngine(tiers, tiers.Schedules, tiers.DisposeAsync)
        {
            TickAsync = () => reminders.TickAsync(tiers.Cluster.Client),
        };
    }
}

/// <summary>One silo, states in the memory of Orleans.</summary>
public sealed class OneSiloSchedulesTests(MemoryStorageFixture storage)
    : GrainSchedulesContractTests(1, storage), IClassFixture<MemoryStorageFixture>;

/// <summary>Three silos, states in the memory of Orleans.</summary>
public sealed class ThreeSilosSchedulesTests(MemoryStorageFixture storage)
    : GrainSchedulesContractTests(3, storage), IClassFixture<MemoryStorageFixture>;

/// <summary>Three silos, states in Azure Blob Storage as Azurite emulates it.</summary>
public sealed class ThreeSilosSchedulesOnBlobsTests(BlobStorageFixture storage)
    : GrainSchedulesContractTests(3, storage), IClassFixture<BlobStorageFixture>;
