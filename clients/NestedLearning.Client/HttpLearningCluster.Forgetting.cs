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

        // What they know to be durable is gone on purpose.
        foreach ((MemoryAddress, SourceId) fed in _feeders.Keys.Where(fed => fed.Item1 == memory))
        {
            _feeders.TryRemove(fed, out _);
        }

        return report.ToReport();
    }
}
