using NestedLearning.Contracts;
using NestedLearning.Embedded.Tests.Storage;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Cluster;

/// <summary>The embedded engine over states in memory.</summary>
public class EmbeddedClusterTests : LearningClusterTests
{
    protected override ITierStore CreateStore() => new MemoryTierStore();

    protected override ValueTask<ILearningCluster> OpenAsync(ITierStore store, TimeProvider time) =>
        ValueTask.FromResult<ILearningCluster>(new EmbeddedCluster(store, new EmbeddedOptions { Time = time, FoldThreads = 1 }));
}

/// <summary>The embedded engine over files.</summary>
public sealed class EmbeddedClusterOnDiskTests : EmbeddedClusterTests, IDisposable
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
