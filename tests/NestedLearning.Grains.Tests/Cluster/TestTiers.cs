using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NestedLearning.Contracts;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Orleans.TestingHost;

namespace NestedLearning.Grains.Tests.Cluster;

/// <summary>A cluster of silos in this process, and a client of it that is closed with it.</summary>
internal sealed class TestTiers : ForwardingCluster
{
    private readonly InProcessTestCluster _cluster;
    private readonly GrainCluster _client;

    private TestTiers(InProcessTestCluster cluster)
    {
        _cluster = cluster;
        _client = cluster.Client.ServiceProvider.GetRequiredService<GrainCluster>();
    }

    public InProcessTestCluster Cluster => _cluster;

    protected override ILearningCluster Inner => _client;

    public ISchedules Schedules => _cluster.Client.ServiceProvider.GetRequiredService<GrainSchedules>();

    public ITrainingRuns Runs => _cluster.Client.ServiceProvider.GetRequiredService<GrainTrainingRuns>();

    public static async Task<TestTiers> StartAsync(
        short silos,
        ITierStore store,
        TimeProvider? time = null,
        Action<TierSiloOptions>? configure = null,
        Action<ISiloBuilder>? build = null)
    {
        InProcessTestClusterBuilder builder = new(silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<ITierStore>(new CutOffStore(store));
            build?.Invoke(silo);
            silo.AddNestedLearning(options =>
            {
                options.FoldThreads = 1;
                options.RoundClock = time ?? TimeProvider.System;
                configure?.Invoke(options);
            });
        });
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.None));
        builder.ConfigureClient(client => client.Services.AddNestedLearningCalls());
        InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestTiers(cluster);
    }

    /// <summary>Which of the models of a name there is.</summary>
    public async Task<string> IncarnationOfAsync(ModelId model)
    {
        Payload json = await _cluster.Client.GetGrain<IModelGrain>(model.Value).GetSettingsAsync(default);
        return StoredModel.FromJson(json.Bytes.Span).Incarnation;
    }

    /// <summary>Ends a silo at once: what it holds and has not saved is lost.</summary>
    public async Task CrashAsync(InProcessSiloHandle silo)
    {
        ((CutOffStore)ServicesOf(silo).GetRequiredService<ITierStore>()).CutOff();
        await _cluster.KillSiloAsync(silo);
    }

    /// <summary>Ends the silo at once where a grain is, and starts another.</summary>
    public async Task CrashSiloOfAsync(IAddressable grain)
    {
        SiloAddress address = await _cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(grain)
            ?? throw new InvalidOperationException($"{grain} is nowhere.");
        await CrashAsync(_cluster.GetActiveSilos().Single(silo => silo.SiloAddress.Equals(address)));
        await _cluster.StartAdditionalSiloAsync();
    }

    /// <summary>As one silo is stopped: it hands over what it holds, then goes.</summary>
    public async Task StopAsync(InProcessSiloHandle silo)
    {
        await DrainAsync(silo);
        await _cluster.StopSiloAsync(silo);
    }

    /// <summary>As a cluster is stopped: every silo hands over what it holds, then goes.</summary>
    public override async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        Task[] drains = [.. _cluster.GetActiveSilos().Select(DrainAsync)];
        try
        {
            await Task.WhenAll(drains);
        }
        finally
        {
            await _cluster.EndAsync();
        }
    }

    private IServiceProvider ServicesOf(InProcessSiloHandle silo) => _cluster.GetSiloServiceProvider(silo.SiloAddress);

    private Task DrainAsync(InProcessSiloHandle silo) => ServicesOf(silo).GetRequiredService<TierDrain>().DrainAsync();
}
