using NestedLearning.Contracts;
using NestedLearning.Hosting;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Cluster;

/// <summary>Texts that go on, on the embedded engine.</summary>
public sealed class TextGenerationTests : Contracts.TextGenerationTests
{
    protected override ITierStore CreateStore() => new MemoryTierStore();

    protected override ValueTask<GeneratingEngine> OpenAsync(ITierStore store)
    {
        EmbeddedCluster cluster = new(store, new EmbeddedOptions { FoldThreads = 1 });
        ClusterGeneration generation = new(cluster, new GenerationLimits());
        return ValueTask.FromResult(new GeneratingEngine(cluster, generation, generation, cluster));
    }
}
