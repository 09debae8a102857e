using Orleans.TestingHost;

namespace NestedLearning.Grains.Tests.Cluster;

/// <summary>How clusters of silos in this process end.</summary>
internal static class TestClusterExtensions
{
    /// <summary>
    /// Stops the silos and the client, and lets go of them. Disposing of the cluster alone leaves its listener for unhandled errors
    /// with the process, and with it all that the silos ever held; every later silo starts more slowly, as it collects the garbage.
    /// </summary>
    public static async ValueTask EndAsync(this InProcessTestCluster cluster)
    {
        try
        {
            await cluster.StopAllSilosAsync();
        }
        finally
        {
            await cluster.DisposeAsync();
        }
    }
}
