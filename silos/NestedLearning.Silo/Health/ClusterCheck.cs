using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NestedLearning.Silo.Health;

/// <summary>Whether a gateway reaches its cluster: asks how many silos there are.</summary>
internal sealed class ClusterCheck(IGrainFactory grains, IHostApplicationLifetime host) : IHealthCheck
{
    /// <summary>How long an answer may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        if (host.ApplicationStopping.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("stopping");
        }

        try
        {
            var silos = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true).WaitAsync(Patience, cancellationToken);
            return HealthCheckResult.Healthy($"{silos.Count} silos");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("unreachable");
        }
    }
}
