using System.Net;
using NestedLearning.Grains;
using NestedLearning.Silo.Configuration;
using NestedLearning.Silo.Health;
using NestedLearning.Tiers;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace NestedLearning.Silo.Clustering;

/// <summary>Tells Orleans' client what the settings say.</summary>
internal static class GatewaySetup
{
    private static readonly TimeSpan ConnectPause = TimeSpan.FromMilliseconds(500);

    public static void AddCluster(this IClientBuilder client, SiloSettings settings, TimeProvider time)
    {
        client.Configure<ClusterOptions>(settings.Clustering.ApplyTo);
        if (settings.Clustering.Kind == ClusteringKind.PostgreSql)
        {
            client.UseAdoNetClustering(clustering =>
            {
                clustering.Invariant = ClusterSetup.Invariant;
                clustering.ConnectionString = settings.Clustering.ConnectionString;
            });
        }
        else
        {
            client.UseStaticClustering(new IPEndPoint(IPAddress.Loopback, settings.Endpoints.ClientPort));
        }

        long start = time.GetTimestamp();
        client.UseConnectionRetryFilter(async (_, cancellationToken) =>
        {
            await Task.Delay(ConnectPause, time, cancellationToken);
            return time.GetElapsedTime(start) < settings.Lifetime.StartPatience;
        });
        SiloConnections connections = new();
        client.Services.AddSingleton(connections);
        client.AddClusterConnectionStatusObserver(connections);
        client.Services.AddNestedLearningCalls();
        client.Services.AddSingleton<ILearningCluster>(services => services.GetRequiredService<GrainCluster>());
        client.Services.AddSingleton<ISchedules>(services => services.GetRequiredService<GrainSchedules>());
        client.Services.AddSingleton<ITrainingRuns>(services => services.GetRequiredService<GrainTrainingRuns>());
        if (settings.Dashboard.IsEnabled)
        {
            client.AddDashboard(dashboard => dashboard.HideTrace = true);
        }
    }
}
