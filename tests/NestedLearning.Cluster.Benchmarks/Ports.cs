using System.Net;
using System.Net.Sockets;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>Ports of this machine.</summary>
internal static class Ports
{
    /// <summary>Ports that nobody listens on.</summary>
    public static int[] Free(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        Array.ForEach(listeners, listener => listener.Start());
        int[] ports = Array.ConvertAll(listeners, listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        Array.ForEach(listeners, listener => listener.Dispose());
        return ports;
    }
}
