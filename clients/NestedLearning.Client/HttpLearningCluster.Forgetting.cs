using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>What takes a tenant out, or a model.</summary>
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

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteModelAsync(ModelId model, CancellationToken cancellationToken)
    {
        int attempts = 0;
        bool isThere;
        try
        {
            await _retry.ExecuteAsync(
                async stop =>
                {
                    attempts++;
                    await _connection.TellAsync(HttpMethod.Delete, ApiPaths.Model(model), null, stop);
                },
                cancellationToken);
            isThere = true;
        }
        catch (UnknownModelException)
        {
            isThere = attempts > 1; // It was there for an attempt before, whose answer was lost.
        }

        foreach (MemoryAddress memory in _feeds.Keys.Select(fed => fed.Memory).Where(memory => memory.Model == model).Distinct())
        {
            ForgetHere(memory);
        }

        return isThere;
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
