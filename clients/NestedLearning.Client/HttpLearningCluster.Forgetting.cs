using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>What takes a tenant out.</summary>
public sealed partial class HttpLearningCluster
{
    /// <inheritdoc/>
    public async ValueTask<ForgetReport> ForgetAsync(ModelId model, TenantId tenant, CancellationToken cancellationToken)
    {
        MemoryAddress memory = new(model, tenant);
        ForgetDocument report = await _retry.ExecuteAsync(
            async stop => await _connection.AskAsync(HttpMethod.Delete, ApiPaths.Tenant(memory), null, ApiJson.Default.ForgetDocument, stop),
            cancellationToken);

        ForgetHere(memory);
        return report.ToReport();
    }

    /// <summary>What feeds know to be durable is gone on purpose, and what waits in spools is not to come back.</summary>
    private void ForgetHere(MemoryAddress memory)
    {
        foreach ((MemoryAddress, SourceId) fed in _feeds.Keys.Where(fed => fed.Memory == memory))
        {
            if (_feeds.TryRemove(fed, out SourceFeed? feed))
            {
                feed.Dispose();
            }
        }

        if (_options.SpoolDirectory is { } folder && SpoolPaths.FolderFor(folder, memory) is var spools && Directory.Exists(spools))
        {
            Directory.Delete(spools, recursive: true);
        }
    }
}
