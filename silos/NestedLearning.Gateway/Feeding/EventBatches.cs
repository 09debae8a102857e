using NestedLearning.Models;

namespace NestedLearning.Gateway.Feeding;

/// <summary>
/// Cuts a stream of events into batches of what is at hand: a full batch when the sender is fast, single events when it
/// is slow. So no event waits for a later one, and no clock is needed.
/// </summary>
/// <remarks>A refused line ends the stream; it is reported only after the batch of the lines before it was taken.</remarks>
internal sealed class EventBatches : IAsyncDisposable
{
    private readonly EventReader _reader;
    private readonly int _maxEvents;
    private readonly CancellationTokenSource _stop;
    private Task<NumberedEvent?>? _pending;
    private bool _ended;

    public EventBatches(Stream body, int maxEvents, ReadingLimits limits, CancellationToken cancellationToken)
    {
        _reader = new EventReader(body, "body", limits);
        _maxEvents = maxEvents;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>The next batch, or null at the end.</summary>
    /// <exception cref="DataException">The next line is no event.</exception>
    public async Task<IReadOnlyList<NumberedEvent>?> NextAsync()
    {
        List<NumberedEvent> batch = [];
        while (!_ended && batch.Count < _maxEvents)
        {
            Task<NumberedEvent?> next = _pending ?? _reader.NextAsync(_stop.Token).AsTask();
            _pending = next;
            if (batch.Count > 0 && !next.IsCompletedSuccessfully)
            {
                return batch; // What comes next, an event or an error, is for the next call.
            }

            NumberedEvent? line = await next;
            _pending = null;
            _ended = line is null;
            if (line is { } read)
            {
                batch.Add(read);
            }
        }

        return batch.Count > 0 ? batch : null;
    }

    /// <summary>Lets go of the body; a read that is under way is cancelled first.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_pending is not null)
        {
            await ((Task)_pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _reader.Dispose();
        _stop.Dispose();
    }
}
