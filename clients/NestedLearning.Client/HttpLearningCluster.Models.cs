using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>Which models and tenants there are.</summary>
public sealed partial class HttpLearningCluster
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ModelId>> GetModelsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = await NamesAsync(ApiPaths.Models, cancellationToken);
        return [.. names.Select(name => new ModelId(name))];
    }

    /// <inheritdoc/>
    public async ValueTask<ModelSettings> GetModelAsync(ModelId model, CancellationToken cancellationToken)
    {
        ModelDocument document = await _retry.ExecuteAsync(
            async stop => await _connection.AskAsync(HttpMethod.Get, ApiPaths.Model(model), null, ApiJson.Default.ModelDocument, stop), cancellationToken);
        return new ModelSettings(document.Spec, document.Policy);
    }

    /// <inheritdoc/>
    public async ValueTask<ModelCheckpoint> GetCheckpointAsync(ModelId model, bool withStatistics, CancellationToken cancellationToken)
    {
        ModelSettings settings = await GetModelAsync(model, cancellationToken);
        return withStatistics && settings.Spec.Levels.Any(level => level is { Scope: LevelScope.Shared, Kind: UpdateKind.Statistics })
            ? await _retry.ExecuteAsync(
                async stop => await _connection.SendAsync(HttpMethod.Get, ApiPaths.Checkpoint(model), null, CheckpointContent.ReadAsync, _connection.ErrorOf, stop),
                cancellationToken)
            : await ModelCheckpoint.CollectAsync(settings, level => GetVersionAsync(model, level, cancellationToken), null);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TenantId>> GetTenantsAsync(ModelId model, TenantQuery query, CancellationToken cancellationToken)
    {
        query.Validate();
        IReadOnlyList<string> names = await NamesAsync(ApiPaths.Tenants(model, query), cancellationToken);
        return [.. names.Select(name => new TenantId(name))];
    }

    private ValueTask<IReadOnlyList<string>> NamesAsync(string path, CancellationToken cancellationToken) => _retry.ExecuteAsync(
        async stop => await _connection.AskAsync(HttpMethod.Get, path, null, ApiJson.Default.IReadOnlyListString, stop), cancellationToken);
}
