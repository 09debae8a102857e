using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NestedLearning.Silo.Configuration;

namespace NestedLearning.Silo.Health;

/// <summary>
/// <c>/readyz</c>: whether this process should be sent requests. <c>/healthz</c>, of the gateway, only says that the process
/// lives; nothing outside it should make it be restarted.
/// </summary>
internal static class Readiness
{
    public const string Path = "/readyz";

    public static void AddReadiness(this IServiceCollection services, SiloSettings settings)
    {
        IHealthChecksBuilder checks = services.AddHealthChecks();
        if (settings.Role == HostRole.Gateway)
        {
            checks.AddCheck<ClusterCheck>("cluster");
            return;
        }

        checks.AddCheck<SiloCheck>("silo");
        if (settings.Storage.Kind == StorageKind.AzureBlob)
        {
            checks.AddCheck<StorageCheck>("storage");
        }
    }

    public static void MapReadiness(this WebApplication application) =>
        application.MapHealthChecks(Path, new HealthCheckOptions { ResponseWriter = WriteAsync });

    /// <summary>One property for each check, and what it says.</summary>
    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Description ?? "no answer"), (JsonSerializerOptions?)null, "application/json");
}
