using NestedLearning.Tiers;

namespace NestedLearning.Cli.Serving;

/// <summary>A cluster that a command has opened, with what is closed after it.</summary>
internal sealed class ServedCluster(ILearningCluster cluster, IDisposable? store) : IAsyncDisposable
{
    public ILearningCluster Cluster => cluster;

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        store?.Dispose();
    }
}
