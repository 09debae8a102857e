using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NestedLearning.Grains.Tests.Cluster;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.TestingHost;

namespace NestedLearning.Grains.Tests.Placement;

/// <summary>A cluster whose silos declare different things of themselves.</summary>
internal sealed class PlacementCluster(InProcessTestCluster cluster, RecordingLogger<ComputePlacementFilterDirector> log) : IAsyncDisposable
{
    private static readonly TimeSpan Hung = TimeSpan.FromMinutes(1);

    /// <summary>What all silos say about the placement of memories.</summary>
    public RecordingLogger<ComputePlacementFilterDirector> Log => log;

    /// <summary>The silos, in the order of what was declared for them.</summary>
    public SiloAddress[] Silos => [.. cluster.Silos.OrderBy(silo => silo.InstanceNumber).Select(silo => silo.SiloAddress)];

    /// <summary>Starts a cluster.</summary>
    /// <param name="initial">How many of the silos start now; the others by <see cref="JoinAsync"/>.</param>
    /// <param name="configure">Sets the options of placement.</param>
    /// <param name="declared">What the silos declare.</param>
    public static async Task<PlacementCluster> StartAsync(
        int initial, Action<TierPlacementOptions> configure, params (string Key, string Value)[][] declared)
    {
        RecordingLogger<ComputePlacementFilterDirector> log = new();
        InProcessTestClusterBuilder builder = new((short)initial);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((silo, services) =>
        {
            int number = int.Parse(silo.SiloName.Split('_')[1], CultureInfo.InvariantCulture);
            Dictionary<string, string> metadata = declared[number].ToDictionary(pair => pair.Key, pair => pair.Value);
            metadata.Add(SiloMetadataKeys.Device, silo.SiloName);
            services.UseSiloMetadata(metadata);
            services.AddTierPlacement(configure);
            services.Services.AddSingleton<ILoggerProvider>(log);
        });
        PlacementCluster placement = new(builder.Build(), log);
        await placement.DeployAsync();
        return placement;
    }

    public async Task<SiloAddress> JoinAsync()
    {
        InProcessSiloHandle silo = await cluster.StartAdditionalSiloAsync();
        await SettleAsync();
        return silo.SiloAddress;
    }

    public Task<SiloAddress> PlaceMemoryAsync(string key) => cluster.Client.GetGrain<IPlacedMemory>(key).GetSiloAsync();

    /// <summary>Places memories of a model until every silo has one. At first a silo places them on itself: it knows no other's load.</summary>
    public async Task PlaceMemoriesEverywhereAsync(string model)
    {
        using CancellationTokenSource hung = new(Hung);
        HashSet<SiloAddress> missing = [.. Silos];
        for (int tenant = 0; missing.Count > 0; tenant++)
        {
            hung.Token.ThrowIfCancellationRequested();
            missing.Remove(await PlaceMemoryAsync($"{model}/tenant-{tenant}"));
        }
    }

    public Task<SiloAddress> PlaceShardAsync(string key) => cluster.Client.GetGrain<IPlacedShard>(key).GetSiloAsync();

    public ValueTask DisposeAsync() => cluster.EndAsync();

    private async Task DeployAsync()
    {
        await cluster.DeployAsync();
        await SettleAsync();
    }

    /// <summary>Returns once every silo knows every other one and what it declares; all declare their name at least.</summary>
    private async Task SettleAsync()
    {
        await cluster.WaitForLivenessToStabilizeAsync();
        await cluster.WaitForClusterManifestToStabilizeAsync();
        using CancellationTokenSource hung = new(Hung);
        while (!cluster.Silos.All(KnowsAll))
        {
            hung.Token.ThrowIfCancellationRequested();
            await cluster.Client.GetGrain<IManagementGrain>(0).GetHosts();
        }
    }

    private bool KnowsAll(InProcessSiloHandle silo)
    {
        ISiloMetadataCache known = cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<ISiloMetadataCache>();
        return cluster.Silos.All(other => known.GetSiloMetadata(other.SiloAddress).Metadata.Count > 0);
    }
}
