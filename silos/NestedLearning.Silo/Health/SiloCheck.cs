using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NestedLearning.Silo.Health;

/// <summary>Whether the silo is a member of its cluster and will stay one.</summary>
internal sealed class SiloCheck(ISiloStatusOracle silos, IHostApplicationLifetime host) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        SiloStatus status = silos.CurrentStatus;
        HealthCheckResult result = (host.ApplicationStopping.IsCancellationRequested, status) switch
        {
            (true, _) => HealthCheckResult.Unhealthy("stopping"),
            (false, SiloStatus.Active) => HealthCheckResult.Healthy("active"),
            _ => HealthCheckResult.Unhealthy(status.ToString().ToLowerInvariant()),
        };
        return Task.FromResult(result);
    }
}
