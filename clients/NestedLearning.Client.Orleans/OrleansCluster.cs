using System.Collections.Concurrent;
using NestedLearning.Grains;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client.Orleans;

/// <summary>
/// A cluster of silos, for .NET services. Calls are made again when a silo goes; events are kept until they are durable,
/// and sent again when a silo lost them. A new process has to begin with the events after the durable ones, or earlier.
/// </summary>
public sealed class OrleansCluster : ILearningCluster
{
    private readonly GrainCluster _cluster;
    private readonly FeederLimits _limits;
    private readonly ConcurrentDictionary<(MemoryAddress, SourceId), EventFeeder> _feeders = new();

    /// <summary>Talks to a cluster through a client of Orleans, which the caller keeps and closes.</summary>
    /// <param name="cluster">What reaches the grains; <see cref="ClientBuilderExtensions.AddNestedLearning"/> registers it.</param>
    /// <param name="options">How.</param>
    /// <exception cref="InvalidClusterOptionsException">At least one option is out of its range.</exception>
    public OrleansCluster(GrainCluster cluster, OrleansClusterOptions options)
    {
        options.Validate();
        _cluster = cluster;
        _limits = new FeederLimits(options.EventsPerCall, options.MaxKeptEvents);
    }

    /// <inheritdoc/>
    public ValueTask CreateModelAsync(ModelId model, ModelSpec spec, RoundPolicy policy, CancellationToken cancellationToken) =>
        _cluster.CreateModelAsync(model, spec, policy, cancellationToken);

    /// <inheritdoc/>
    public ValueTask ImportModelAsync(
        ModelId model, ModelSpec spec, RoundPolicy policy, IReadOnlyList<InitialLevel> levels, CancellationToken cancellationToken) =>
        _cluster.ImportModelAsync(model, spec, policy, levels, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ModelCheckpoint> GetCheckpointAsync(ModelId model, bool withStatistics, CancellationToken cancellationToken) =>
        _cluster.GetCheckpointAsync(model, withStatistics, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ModelId>> GetModelsAsync(CancellationToken cancellationToken) => _cluster.GetModelsAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ModelSettings> GetModelAsync(ModelId model, CancellationToken cancellationToken) => _cluster.GetModelAsync(model, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TenantId>> GetTenantsAsync(ModelId model, TenantQuery query, CancellationToken cancellationToken) =>
        _cluster.GetTenantsAsync(model, query, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<FeedReceipt> FeedAsync(MemoryAddress memory, EventBatch batch, CancellationToken cancellationToken) =>
        Feeder(memory, batch.Source).FeedAsync(batch, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Receipt> FlushAsync(
        MemoryAddress memory, SourceId source, FlushTicket ticket, CancellationToken cancellationToken) =>
        Feeder(memory, source).FlushAsync(ticket, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Prediction>> PredictAsync(
        MemoryAddress memory, IReadOnlyList<ModelInput> inputs, CancellationToken cancellationToken) =>
        _cluster.PredictAsync(memory, inputs, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LevelStatus>> GetLevelsAsync(ModelId model, CancellationToken cancellationToken) =>
        _cluster.GetLevelsAsync(model, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<MemoryStatus> GetMemoryAsync(MemoryAddress memory, CancellationToken cancellationToken) =>
        _cluster.GetMemoryAsync(memory, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LevelVersion> GetVersionAsync(ModelId model, LevelId level, CancellationToken cancellationToken) =>
        _cluster.GetVersionAsync(model, level, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<VersionRecord>> GetVersionsAsync(
        ModelId model, LevelId level, long before, int count, CancellationToken cancellationToken) =>
        _cluster.GetVersionsAsync(model, level, before, count, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LineageEntry> RollbackAsync(
        ModelId model, LevelId level, long version, long from, CancellationToken cancellationToken) =>
        _cluster.RollbackAsync(model, level, version, from, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LineageEntry> ReplayAsync(ModelId model, LevelId level, long version, CancellationToken cancellationToken) =>
        _cluster.ReplayAsync(model, level, version, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ForgetReport> ForgetAsync(ModelId model, TenantId tenant, CancellationToken cancellationToken)
    {
        ForgetReport report = await _cluster.ForgetAsync(model, tenant, cancellationToken);

        Forget(memory => memory == new MemoryAddress(model, tenant));
        return report;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ExportedFile> ExportTenantAsync(ModelId model, TenantId tenant, CancellationToken cancellationToken) =>
        _cluster.ExportTenantAsync(model, tenant, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteModelAsync(ModelId model, CancellationToken cancellationToken)
    {
        bool isThere = await _cluster.DeleteModelAsync(model, cancellationToken);
        Forget(memory => memory.Model == model);
        return isThere;
    }

    /// <inheritdoc/>
    public ValueTask<ConsolidationReport> ConsolidateAsync(ModelId model, LevelId? level, CancellationToken cancellationToken) =>
        _cluster.ConsolidateAsync(model, level, cancellationToken);

    /// <summary>Ends what this object has under way. What is not durable is lost here if its silo stops; flush to be sure.</summary>
    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    /// <summary>What they know to be durable is gone on purpose.</summary>
    private void Forget(Func<MemoryAddress, bool> isGone)
    {
        foreach ((MemoryAddress, SourceId) fed in _feeders.Keys.Where(fed => isGone(fed.Item1)))
        {
            _feeders.TryRemove(fed, out _);
        }
    }

    private EventFeeder Feeder(MemoryAddress memory, SourceId source) => _feeders.GetOrAdd(
        (memory, source), _ => new EventFeeder(new GrainEventChannel(_cluster, memory, source), source, _limits));
}
