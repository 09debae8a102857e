using NestedLearning.Silo.Configuration;
using NestedLearning.Silo.Database;
using NestedLearning.Silo.Storage;
using Polly;

namespace NestedLearning.Silo.Starting;

/// <summary>
/// What this process needs before it starts: that its database and its blob service answer, and are as they must be. Waiting for
/// them here lets a person read one line about them.
/// </summary>
internal sealed partial class Dependencies(SiloSettings settings, TimeProvider time, ILogger<Dependencies> logger)
{
    /// <exception cref="DependencyException">One of them cannot be used.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (settings.Clustering.Kind == ClusteringKind.PostgreSql)
        {
            string database = settings.Clustering.ConnectionString;
            await ReachAsync(DatabaseCheck.Name(database), stop => DatabaseCheck.RunAsync(database, stop), cancellationToken);
        }

        if (settings.Role == HostRole.Silo && settings.Storage.Kind == StorageKind.AzureBlob)
        {
            await ReachAsync(BlobContainers.Name(settings.Storage), stop => BlobContainers.PrepareAsync(settings.Storage, stop), cancellationToken);
        }
        else if (settings.Role == HostRole.Silo && settings.Clustering is { Kind: ClusteringKind.PostgreSql } or { Primary: not null })
        {
            LogForgetful();
        }
    }

    private async Task ReachAsync(string name, Func<CancellationToken, Task> check, CancellationToken cancellationToken)
    {
        ResiliencePipeline pipeline = Resilience.Patient(settings.Lifetime.StartPatience, time, error => LogWaiting(name, DependencyException.Reason(error)));
        try
        {
            await pipeline.ExecuteAsync(async stop => await check(stop), cancellationToken);
        }
        catch (Exception error) when (DependencyException.IsFromService(error))
        {
            throw DependencyException.From(name, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Name} does not answer yet: {Reason}.")]
    private partial void LogWaiting(string name, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "States are in the memory of several silos: each takes its part of them with it when it stops.")]
    private partial void LogForgetful();
}
