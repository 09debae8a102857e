using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>
/// Keeps a source's events in a spool from before they are sent until they are durable. What it holds from an earlier
/// process, or from a call that failed, goes before anything newer. Not safe for concurrent use.
/// </summary>
internal sealed class SpooledFeeder(EventFeeder feeder, SourceId source, Func<EventSpool> open) : IDisposable
{
    private EventSpool? _spool;
    private EventBatch? _waiting;
    private bool _isRead;

    /// <summary>Sends events and returns when they are applied. They are on the disk first, also while the server is away.</summary>
    /// <exception cref="SpoolException">They cannot be kept; they were not sent.</exception>
    public async Task<FeedReceipt> FeedAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        EventSpool spool = await OpenAsync(cancellationToken);
        LearningEvent[] added = [.. batch.Events.TakeWhile(given => given.Sequence >= 1).Where(given => given.Sequence > spool.Last)];
        if (!spool.TryAppend(added))
        {
            await FlushAsync(FlushTicket.Next(), cancellationToken);
            spool.Append(added);
        }

        try
        {
            return await SendAsync(spool, _waiting is { } first ? first with { Events = [.. first.Events, .. batch.Events] } : batch, cancellationToken);
        }
        catch (EventRefusedException refused) when (refused.Sequence < 1 || added.Any(given => given.Sequence == refused.Sequence))
        {
            spool.TakeBack(added, refused.Before.Marks.AppliedThrough);
            throw;
        }
    }

    /// <summary>Ends the memory's period; all that was kept is durable then.</summary>
    public async Task<Receipt> FlushAsync(FlushTicket ticket, CancellationToken cancellationToken)
    {
        EventSpool spool = await OpenAsync(cancellationToken);
        if (_waiting is { } waiting)
        {
            await SendAsync(spool, waiting, cancellationToken);
        }

        Receipt marks = await feeder.FlushAsync(ticket, cancellationToken);
        spool.Release(marks.DurableThrough);
        return marks;
    }

    public void Dispose() => _spool?.Dispose();

    private async ValueTask<EventSpool> OpenAsync(CancellationToken cancellationToken)
    {
        EventSpool spool = _spool ??= open();
        if (!_isRead)
        {
            (long after, IReadOnlyList<LearningEvent> events) = await spool.ReadAsync(cancellationToken);
            _waiting = new EventBatch(source, events) { After = after };
            _isRead = true;
        }

        return spool;
    }

    private async ValueTask<FeedReceipt> SendAsync(EventSpool spool, EventBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            FeedReceipt receipt = await feeder.FeedAsync(batch, cancellationToken);
            spool.Release(receipt.Marks.DurableThrough);
            _waiting = null;
            return receipt;
        }
        catch (DurableEventsLostException)
        {
            spool.SetAside(); // Those before them have to come again first; then their sender has these again too.
            throw;
        }
        catch
        {
            _isRead = false; // The feeder forgot them; nothing newer may go before them.
            throw;
        }
    }
}
