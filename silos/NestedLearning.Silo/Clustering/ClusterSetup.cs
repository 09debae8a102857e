using System.Net;
using NestedLearning.Grains;
using NestedLearning.Silo.Configuration;
using NestedLearning.Silo.Storage;
using NestedLearning.Silo.Training;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace NestedLearning.Silo.Clustering;

/// <summary>Tells Orleans what the settings say.</summary>
internal static class ClusterSetup
{
    /// <summary>What .NET calls the provider of PostgreSQL.</summary>
    public const string Invariant = "Npgsql";

    public static void AddCluster(this ISiloBuilder silo, SiloSettings settings)
    {
        silo.Configure<ClusterOptions>(settings.Clustering.ApplyTo);
        if (settings.Clustering.Kind == ClusteringKind.PostgreSql)
        {
            silo.AddDatabase(settings);
        }
        else
        {
            silo.UseLocalhostClustering(
                settings.Endpoints.SiloPort,
                settings.Endpoints.ClientPort,
                settings.Clustering.Primary,
                settings.Clustering.ServiceId,
                settings.Clustering.ClusterId);
            silo.UseInMemoryReminderService();
        }

        silo.AddStorage(settings.Storage);
        silo.UseSiloMetadata(settings.Machine.ToMetadata());
        silo.Services.AddSingleton<ITrainingDataSource>(new AllowedData(settings.Tiers.Training));
        silo.AddNestedLearning(settings.Tiers.ApplyTo);
        silo.Services.Configure<ComputeOptions>(settings.Tiers.ApplyTo);
        silo.Services.Configure<TierPlacementOptions>(settings.Placement.ApplyTo);
        if (settings.Dashboard.IsEnabled)
        {
            // The log is for whoever runs the machine, not for whoever sees the page.
            silo.AddDashboard(dashboard => dashboard.HideTrace = true);
        }
    }

    private static void AddDatabase(this ISiloBuilder silo, SiloSettings settings)
    {
        silo.Configure<EndpointOptions>(endpoints => Apply(settings.Endpoints, endpoints));
        silo.UseAdoNetClustering(clustering =>
        {
            clustering.Invariant = Invariant;
            clustering.ConnectionString = settings.Clustering.ConnectionString;
        });
        silo.UseAdoNetReminderService(reminders =>
        {
            reminders.Invariant = Invariant;
            reminders.ConnectionString = settings.Clustering.ConnectionString;
        });
    }

    private static void Apply(EndpointSettings settings, EndpointOptions endpoints)
    {
        endpoints.SiloPort = settings.SiloPort;
        endpoints.GatewayPort = settings.ClientPort;
        if (settings.AdvertisedAddress is { } address)
        {
            endpoints.AdvertisedIPAddress = address;
        }

        if (settings.ListensOnAny)
        {
            endpoints.SiloListeningEndpoint = new IPEndPoint(IPAddress.Any, settings.SiloPort);
            endpoints.GatewayListeningEndpoint = settings.ClientPort == 0 ? null : new IPEndPoint(IPAddress.Any, settings.ClientPort);
        }
    }
}
