using NestedLearning.Grains;
using NestedLearning.Silo.Configuration;
using NestedLearning.Tiers;

namespace NestedLearning.Silo.Stopping;

/// <summary>
/// Lets memories and levels save what they hold. It is registered after Orleans and before the web server, so it runs when
/// requests have ended, while the other silos can still be reached.
/// </summary>
internal sealed partial class DrainService(TierDrain drain, LifetimeSettings settings, TimeProvider time, ILogger<DrainService> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await drain.DrainAsync().WaitAsync(settings.StopDrain, time, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            LogTooLong(settings.StopDrain);
        }
        catch (StoreException error)
        {
            LogNotSaved(error.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Saving everything took longer than {Time}; what was not durable is sent again by its senders.")]
    private partial void LogTooLong(TimeSpan time);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not everything could be saved; what was not durable is sent again by its senders. {Reason}")]
    private partial void LogNotSaved(string reason);
}
