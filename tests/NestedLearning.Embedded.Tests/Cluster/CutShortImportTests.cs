using NestedLearning.Contracts;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Cluster;

/// <summary>Imports into the embedded engine whose process ends at any write.</summary>
public sealed class CutShortImportTests : Contracts.CutShortImportTests
{
    protected override ValueTask<IWorld> OpenAsync() => ValueTask.FromResult<IWorld>(new World());

    private sealed class World : IWorld
    {
        private readonly MemoryTierStore _stored = new();
        private readonly BreakingStore _store;
        private EmbeddedCluster _cluster;

        public World()
        {
            _store = new BreakingStore(_stored) { WritesLeft = int.MaxValue };
            _cluster = Open();
        }

        public ILearningCluster Cluster => _cluster;

        public void BreakAfter(int writes) => _store.WritesLeft = writes;

        public async ValueTask RestartAsync()
        {
            await _cluster.DisposeAsync();
            _cluster = Open();
        }

        public IAsyncEnumerable<StateKey> ListAsync(ModelId model) => _stored.ListAsync(StateKey.PrefixOf(model), default);

        public ValueTask DisposeAsync() => _cluster.DisposeAsync();

        private EmbeddedCluster Open() => new(_store, new EmbeddedOptions { FoldThreads = 1 });
    }
}
