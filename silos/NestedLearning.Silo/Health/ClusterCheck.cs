using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NestedLearning.Silo.Health;

/// <summary>
/// Whether a gateway reaches its cluster. It goes by its connections and asks nobody: silos serve on while the database that
/// lists them is away.
/// </summary>
internal sealed class ClusterCheck(SiloConnections silos, IHostApplicationLifetime host) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        HealthCheckResult result = (host.ApplicationStopping.IsCancellationRequested, silos.Count) switch
        {
            (true, _) => HealthCheckResult.Unhealthy("stopping"),
            (false, 0) => HealthCheckResult.Unhealthy("unreachable"),
            _ => HealthCheckResult.Healthy("reachable"),
        };
        return Task.FromResult(result);
    }
}
