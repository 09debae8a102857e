using NestedLearning.Contracts;
using NestedLearning.Hosting;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Cluster;

/// <summary>Texts that go on, on two silos whose states are in the memory of Orleans.</summary>
public sealed class TextGenerationTests(MemoryStorageFixture storage) : Contracts.TextGenerationTests, IClassFixture<MemoryStorageFixture>
{
    protected override ITierStore CreateStore() => storage.CreateStore();

    protected override async ValueTask<GeneratingEngine> OpenAsync(ITierStore store)
    {
        ILearningCluster cluster = await TestTiers.StartAsync(2, store);
        ClusterGeneration generation = new(cluster, new GenerationLimits());
        return new GeneratingEngine(cluster, generation, generation, cluster);
    }
}
