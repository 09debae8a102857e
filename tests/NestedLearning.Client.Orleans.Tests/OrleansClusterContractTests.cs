using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Tiers;

namespace NestedLearning.Client.Orleans.Tests;

/// <summary>What every engine promises holds for a .NET service that talks to silos.</summary>
public sealed class OrleansClusterContractTests : LearningClusterTests
{
    protected override ITierStore CreateStore() => new MemoryTierStore();

    protected override async ValueTask<ILearningCluster> OpenAsync(ITierStore store, TimeProvider time) =>
        new Served(await TestSilos.StartAsync(2, store, time));

    /// <summary>A client and the silos that it talks to, closed together.</summary>
    private sealed class Served(TestSilos silos) : ForwardingCluster
    {
        protected override ILearningCluster Inner => silos.Client;

        public override ValueTask DisposeAsync() => silos.DisposeAsync();
    }
}
