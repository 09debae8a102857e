using NestedLearning.Contracts;
using NestedLearning.Embedded.Tests.Storage;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Cluster;

/// <summary>The schedules of the embedded engine over states in memory.</summary>
public class EmbeddedSchedulesTests : SchedulesTests
{
    protected override ITierStore CreateStore() => new MemoryTierStore();

    protected override async ValueTask<ScheduledEngine> OpenAsync(ITierStore store, TimeProvider time)
    {
        EmbeddedCluster cluster = new(store, new EmbeddedOptions { Time = time, FoldThreads = 1 });
        await cluster.StartSchedulesAsync(default);
        return new ScheduledEngine(cluster, cluster.Schedules, cluster.DisposeAsync);
    }
}

/// <summary>The schedules of the embedded engine over files.</summary>
public sealed class EmbeddedSchedulesOnDiskTests : EmbeddedSchedulesTests, IDisposable
{
    private readonly List<IDisposable> _stores = [];

    public void Dispose() => _stores.ForEach(store => store.Dispose());

    protected override ITierStore CreateStore()
    {
        TemporaryFolder folder = new();
        LocalTierStore store = LocalTierStore.Open(folder.Root);
        _stores.AddRange([store, folder]);
        return store;
    }
}
