using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Cluster;

/// <summary>Sequence models on the embedded engine.</summary>
public sealed class SequenceTrainingTests : Contracts.SequenceTrainingTests
{
    protected override ITierStore CreateStore() => new MemoryTierStore();

    protected override ValueTask<ILearningCluster> OpenAsync(ITierStore store) =>
        ValueTask.FromResult<ILearningCluster>(new EmbeddedCluster(store, new EmbeddedOptions { FoldThreads = 1 }));
}
