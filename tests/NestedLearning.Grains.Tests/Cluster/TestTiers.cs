using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Orleans.TestingHost;

namespace NestedLearning.Grains.Tests.Cluster;

/// <summary>A cluster of silos in this process, and a client of it that is closed with it.</summary>
internal sealed class TestTiers : ILearningCluster
{
    private readonly InProcessTestCluster _cluster;
    private readonly GrainCluster _client;

    private TestTiers(InProcessTestCluster cluster)
    {
        _cluster = cluster;
        _client = cluster.Client.ServiceProvider.GetRequiredService<GrainCluster>();
    }

    public InProcessTestCluster Cluster => _cluster;

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

    public ValueTask CreateModelAsync(ModelId model, ModelSpec spec, RoundPolicy policy, CancellationToken cancellationToken) =>
        _client.CreateModelAsync(model, spec, policy, cancellationToken);

    public ValueTask<FeedReceipt> FeedAsync(MemoryAddress memory, EventBatch batch, CancellationToken cancellationToken) =>
        _client.FeedAsync(memory, batch, cancellationToken);

    public ValueTask<Receipt> FlushAsync(
        MemoryAddress memory, SourceId source, FlushTicket ticket, CancellationToken cancellationToken) =>
        _client.FlushAsync(memory, source, ticket, cancellationToken);

    public ValueTask<IReadOnlyList<Prediction>> PredictAsync(
        MemoryAddress memory, IReadOnlyList<ModelInput> inputs, CancellationToken cancellationToken) =>
        _client.PredictAsync(memory, inputs, cancellationToken);

    public ValueTask<IReadOnlyList<LevelStatus>> GetLevelsAsync(ModelId model, CancellationToken cancellationToken) =>
        _client.GetLevelsAsync(model, cancellationToken);

    public ValueTask<MemoryStatus> GetMemoryAsync(MemoryAddress memory, CancellationToken cancellationToken) =>
        _client.GetMemoryAsync(memory, cancellationToken);

    public ValueTask<LevelVersion> GetVersionAsync(ModelId model, LevelId level, CancellationToken cancellationToken) =>
        _client.GetVersionAsync(model, level, cancellationToken);

    public ValueTask<IReadOnlyList<VersionRecord>> GetVersionsAsync(
        ModelId model, LevelId level, long before, int count, CancellationToken cancellationToken) =>
        _client.GetVersionsAsync(model, level, before, count, cancellationToken);

    public ValueTask<LineageEntry> RollbackAsync(
        ModelId model, LevelId level, long version, long from, CancellationToken cancellationToken) =>
        _client.RollbackAsync(model, level, version, from, cancellationToken);

    public ValueTask<LineageEntry> ReplayAsync(ModelId model, LevelId level, long version, CancellationToken cancellationToken) =>
        _client.ReplayAsync(model, level, version, cancellationToken);

    public ValueTask<ConsolidationReport> ConsolidateAsync(ModelId model, LevelId? level, CancellationToken cancellationToken) =>
        _client.ConsolidateAsync(model, level, cancellationToken);

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
    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        Task[] drains = [.. _cluster.GetActiveSilos().Select(DrainAsync)];
        try
        {
            await Task.WhenAll(drains);
        }
        finally
        {
            await _cluster.DisposeAsync();
        }
    }

    private IServiceProvider ServicesOf(InProcessSiloHandle silo) => _cluster.GetSiloServiceProvider(silo.SiloAddress);

    private Task DrainAsync(InProcessSiloHandle silo) => ServicesOf(silo).GetRequiredService<TierDrain>().DrainAsync();
}
