using Azure;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NestedLearning.Silo.Configuration;
using NestedLearning.Silo.Storage;

namespace NestedLearning.Silo.Health;

/// <summary>Whether the blob service answers: asks for the properties of the container, which is one small request.</summary>
internal sealed class StorageCheck : IHealthCheck
{
    /// <summary>How long an answer may take; the client repeats its request within it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly BlobContainerClient _container;

    public StorageCheck(StorageSettings settings) =>
        _container = BlobContainers.Connect(settings).GetBlobContainerClient(settings.Container);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await _container.ExistsAsync(patience.Token)
                ? HealthCheckResult.Healthy("reachable")
                : HealthCheckResult.Unhealthy("its container is gone");
        }
        catch (Exception error) when (error is RequestFailedException or AggregateException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("unreachable");
        }
    }
}
