using System.Text.Json.Serialization.Metadata;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>What concerns the versions of a level.</summary>
public sealed partial class GrainCluster
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<VersionRecord>> GetVersionsAsync(
        ModelId model, LevelId level, long before, int count, CancellationToken cancellationToken) =>
        AskLevelAsync(
            model, level, (grain, stop) => grain.GetVersionsAsync(before, count, stop), ApiJson.Default.IReadOnlyListVersionRecord, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LineageEntry> RollbackAsync(
        ModelId model, LevelId level, long version, long from, CancellationToken cancellationToken) =>
        AskLevelAsync(
            model, level, (grain, stop) => grain.RollbackAsync(version, from, stop), ApiJson.Default.LineageEntry, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LineageEntry> ReplayAsync(ModelId model, LevelId level, long version, CancellationToken cancellationToken) =>
        AskLevelAsync(model, level, (grain, stop) => grain.ReplayAsync(version, stop), ApiJson.Default.LineageEntry, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ForgetReport> ForgetAsync(ModelId model, TenantId tenant, CancellationToken cancellationToken)
    {
        string key = ModelKey.Of(model, (await FindAsync(model, cancellationToken)).Incarnation);
        IForgettingGrain grain = grains.GetGrain<IForgettingGrain>(key);
        Payload? report;
        do
        {
            report = await AskAsync(stop => grain.ForgetAsync(tenant.Value, stop), cancellationToken);
        }
        while (report is null);

        return report.Value.ToDocument(ApiJson.Default.ForgetDocument).ToReport();
    }

    /// <inheritdoc/>
    public async ValueTask<ConsolidationReport> ConsolidateAsync(ModelId model, LevelId? level, CancellationToken cancellationToken)
    {
        if (level is { } one)
        {
            _ = await LevelAsync(model, one, cancellationToken);
        }

        IModelGrain grain = grains.GetGrain<IModelGrain>(model.Value);
        Payload? report;
        do
        {
            report = await AskAsync(stop => grain.ConsolidateAsync(level?.Value, stop), cancellationToken);
        }
        while (report is null);

        return report.Value.ToDocument(ApiJson.Default.ConsolidationDocument).ToReport();
    }

    private async ValueTask<T> AskLevelAsync<T>(
        ModelId model,
        LevelId level,
        Func<IConsolidatorGrain, CancellationToken, ValueTask<Payload>> call,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken)
    {
        IConsolidatorGrain grain = await LevelAsync(model, level, cancellationToken);
        Payload answer = await AskAsync(stop => call(grain, stop), cancellationToken);
        return answer.ToDocument(type);
    }

    private async ValueTask<IConsolidatorGrain> LevelAsync(ModelId model, LevelId level, CancellationToken cancellationToken)
    {
        IReadOnlyList<(LevelId Id, IConsolidatorGrain Grain)> levels = await SharedLevelsAsync(model, cancellationToken);
        return levels.FirstOrDefault(shared => shared.Id == level).Grain ?? throw new UnknownLevelException(level, [.. levels.Select(shared => shared.Id)]);
    }
}
