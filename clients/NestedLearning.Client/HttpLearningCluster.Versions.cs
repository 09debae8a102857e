using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>What concerns the versions of a level.</summary>
public sealed partial class HttpLearningCluster
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<VersionRecord>> GetVersionsAsync(
        ModelId model, LevelId level, long before, int count, CancellationToken cancellationToken) =>
        _retry.ExecuteAsync(
            async stop => await _connection.AskAsync(
                HttpMethod.Get, ApiPaths.Versions(model, level, before, count), null, ApiJson.Default.IReadOnlyListVersionRecord, stop),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LineageEntry> RollbackAsync(
        ModelId model, LevelId level, long version, long from, CancellationToken cancellationToken) =>
        ReviseAsync(ApiPaths.Rollback(model, level, version, from), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LineageEntry> ReplayAsync(ModelId model, LevelId level, long version, CancellationToken cancellationToken) =>
        ReviseAsync(ApiPaths.Replay(model, level, version), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ConsolidationReport> ConsolidateAsync(ModelId model, LevelId? level, CancellationToken cancellationToken)
    {
        ConsolidationDocument report = await _retry.ExecuteAsync(
            async stop => await _connection.AskAsync(
                HttpMethod.Post, ApiPaths.Consolidate(model, level), null, ApiJson.Default.ConsolidationDocument, stop),
            cancellationToken);
        return report.ToReport();
    }

    private ValueTask<LineageEntry> ReviseAsync(string path, CancellationToken cancellationToken) => _retry.ExecuteAsync(
        async stop => await _connection.AskAsync(HttpMethod.Post, path, null, ApiJson.Default.LineageEntry, stop), cancellationToken);
}
