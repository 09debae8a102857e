using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <summary>An engine that hands every call on to another; what a test changes of it, or closes with it, is its own.</summary>
public abstract class ForwardingCluster : ILearningCluster
{
    /// <summary>The other one.</summary>
    protected abstract ILearningCluster Inner { get; }

    public ValueTask CreateModelAsync(ModelId model, ModelSpec spec, RoundPolicy policy, CancellationToken cancellationToken) =>
        Inner.CreateModelAsync(model, spec, policy, cancellationToken);

    public ValueTask ImportModelAsync(
        ModelId model, ModelSpec spec, RoundPolicy policy, IReadOnlyList<InitialLevel> levels, CancellationToken cancellationToken) =>
        Inner.ImportModelAsync(model, spec, policy, levels, cancellationToken);

    public ValueTask<ModelCheckpoint> GetCheckpointAsync(ModelId model, bool withStatistics, CancellationToken cancellationToken) =>
        Inner.GetCheckpointAsync(model, withStatistics, cancellationToken);

    public ValueTask<IReadOnlyList<ModelId>> GetModelsAsync(CancellationToken cancellationToken) => Inner.GetModelsAsync(cancellationToken);

    public ValueTask<ModelSettings> GetModelAsync(ModelId model, CancellationToken cancellationToken) => Inner.GetModelAsync(model, cancellationToken);

    public ValueTask<IReadOnlyList<TenantId>> GetTenantsAsync(ModelId model, TenantQuery query, CancellationToken cancellationToken) =>
        Inner.GetTenantsAsync(model, query, cancellationToken);

    public ValueTask<FeedReceipt> FeedAsync(MemoryAddress memory, EventBatch batch, CancellationToken cancellationToken) =>
        Inner.FeedAsync(memory, batch, cancellationToken);

    public ValueTask<Receipt> FlushAsync(
        MemoryAddress memory, SourceId source, FlushTicket ticket, CancellationToken cancellationToken) =>
        Inner.FlushAsync(memory, source, ticket, cancellationToken);

    public ValueTask<IReadOnlyList<Prediction>> PredictAsync(
        MemoryAddress memory, IReadOnlyList<ModelInput> inputs, CancellationToken cancellationToken) =>
        Inner.PredictAsync(memory, inputs, cancellationToken);

    public ValueTask<IReadOnlyList<LevelStatus>> GetLevelsAsync(ModelId model, CancellationToken cancellationToken) =>
        Inner.GetLevelsAsync(model, cancellationToken);

    public ValueTask<MemoryStatus> GetMemoryAsync(MemoryAddress memory, CancellationToken cancellationToken) =>
        Inner.GetMemoryAsync(memory, cancellationToken);

    public ValueTask<LevelVersion> GetVersionAsync(ModelId model, LevelId level, CancellationToken cancellationToken) =>
        Inner.GetVersionAsync(model, level, cancellationToken);

    public ValueTask<IReadOnlyList<VersionRecord>> GetVersionsAsync(
        ModelId model, LevelId level, long before, int count, CancellationToken cancellationToken) =>
        Inner.GetVersionsAsync(model, level, before, count, cancellationToken);

    public ValueTask<LineageEntry> RollbackAsync(
        ModelId model, LevelId level, long version, long from, CancellationToken cancellationToken) =>
        Inner.RollbackAsync(model, level, version, from, cancellationToken);

    public ValueTask<LineageEntry> ReplayAsync(ModelId model, LevelId level, long version, CancellationToken cancellationToken) =>
        Inner.ReplayAsync(model, level, version, cancellationToken);

    public ValueTask<ForgetReport> ForgetAsync(ModelId model, TenantId tenant, CancellationToken cancellationToken) =>
        Inner.ForgetAsync(model, tenant, cancellationToken);

    public IAsyncEnumerable<ExportedFile> ExportTenantAsync(ModelId model, TenantId tenant, CancellationToken cancellationToken) =>
        Inner.ExportTenantAsync(model, tenant, cancellationToken);

    public ValueTask<bool> DeleteModelAsync(ModelId model, CancellationToken cancellationToken) => Inner.DeleteModelAsync(model, cancellationToken);

    public ValueTask<ConsolidationReport> ConsolidateAsync(ModelId model, LevelId? level, CancellationToken cancellationToken) =>
        Inner.ConsolidateAsync(model, level, cancellationToken);

    public abstract ValueTask DisposeAsync();
}
