using System.Net;
using System.Net.Sockets;
using NestedLearning.Silo.Configuration;

namespace NestedLearning.Silo.Starting;

/// <summary>Whether the ports of this process are free: seen before anything starts, to be told in one line.</summary>
internal static class Ports
{
    /// <exception cref="DependencyException">A port is taken, or its address is none of this machine.</exception>
    public static void Check(SiloSettings settings)
    {
        if (settings.Role == HostRole.Silo)
        {
            CheckOrleans(settings);
        }

        Check("Api:Url", settings.Api.Endpoint);
        if (settings.Dashboard.IsEnabled)
        {
            Check("Dashboard:Url", settings.Dashboard.Endpoint);
        }
    }

    private static void CheckOrleans(SiloSettings settings)
    {
        EndpointSettings endpoints = settings.Endpoints;
        IPAddress address = settings.Clustering.Kind == ClusteringKind.Localhost ? IPAddress.Loopback
            : endpoints.ListensOnAny ? IPAddress.Any
            : endpoints.AdvertisedAddress ?? IPAddress.Any;
        Check("Endpoints:SiloPort", new IPEndPoint(address, endpoints.SiloPort));
        Check("Endpoints:ClientPort", new IPEndPoint(address, endpoints.ClientPort));
    }

    private static void Check(string key, IPEndPoint endpoint)
    {
        try
        {
            using TcpListener listener = new(endpoint);
            listener.Start();
        }
        catch (SocketException error)
        {
            throw new DependencyException($"{SiloSettings.Section}:{key}: cannot listen on {endpoint}: {error.Message}.", error);
        }
    }
}
