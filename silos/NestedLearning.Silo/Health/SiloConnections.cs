namespace NestedLearning.Silo.Health;

/// <summary>How many silos a gateway is connected to.</summary>
internal sealed class SiloConnections : IClusterConnectionStatusObserver
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts by the difference: connections open and close at the same time, and are told of in any order.</summary>
    public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered) =>
        Interlocked.Add(ref _count, currentNumberOfGateways - previousNumberOfGateways);

    public void NotifyClusterConnectionLost()
    {
        // The last connection was told of by its count.
    }
}
