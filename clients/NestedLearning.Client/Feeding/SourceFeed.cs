using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>The events of one source on their way to one memory, one call at a time.</summary>
/// <param name="channel">What carries them.</param>
/// <param name="source">The source.</param>
/// <param name="limits">How much is sent at once, and kept.</param>
/// <param name="openSpool">Opens the file that they are kept in too; null for memory alone.</param>
internal sealed class SourceFeed(HttpEventChannel channel, SourceId source, FeederLimits limits, Func<EventSpool>? openSpool) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly (EventFeeder Feeder, SpooledFeeder? Spooled) _ways = Create(channel, source, limits, openSpool);

    /// <summary>Sends events and returns when they are applied.</summary>
    public ValueTask<FeedReceipt> FeedAsync(EventBatch batch, CancellationToken cancellationToken) => _ways.Spooled is { } spooled
        ? InTurnAsync(() => spooled.FeedAsync(batch, cancellationToken), cancellationToken)
        : _ways.Feeder.FeedAsync(batch, cancellationToken);

    /// <summary>Ends the memory's period; all that was fed is durable then.</summary>
    public ValueTask<Receipt> FlushAsync(FlushTicket ticket, CancellationToken cancellationToken) => _ways.Spooled is { } spooled
        ? InTurnAsync(() => spooled.FlushAsync(ticket, cancellationToken), cancellationToken)
        : _ways.Feeder.FlushAsync(ticket, cancellationToken);

    /// <summary>Sends over a WebSocket until the answer is disposed of.</summary>
    /// <exception cref="InvalidOperationException">It does so already.</exception>
    public IAsyncDisposable GoLive()
    {
        LiveConnection live = channel.CreateLive();
        return channel.TryGoLive(live)
            ? new Liveness(channel, live)
            : throw new InvalidOperationException($"The source '{source}' has a live feed; accepted: one at a time.");
    }

    public void Dispose() => _ways.Spooled?.Dispose();

    private static (EventFeeder, SpooledFeeder?) Create(HttpEventChannel channel, SourceId source, FeederLimits limits, Func<EventSpool>? openSpool)
    {
        EventFeeder feeder = new(channel, source, limits);
        return (feeder, openSpool is null ? null : new SpooledFeeder(feeder, source, openSpool));
    }

    private async ValueTask<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    private sealed class Liveness(HttpEventChannel channel, LiveConnection live) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            channel.EndLive();
            return live.DisposeAsync();
        }
    }
}
