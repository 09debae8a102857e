using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>
/// Sends a source's events, and sends them again until they are durable: after a broken call what was not acknowledged,
/// after a crash of the memory what was acknowledged but not durable, always before anything newer.
/// </summary>
public sealed class EventFeeder(IEventChannel channel, SourceId source, FeederLimits limits)
{
    private readonly SentEvents _sent = new();

    /// <summary>Names the flushes that it makes by itself, each differently.</summary>
    public Func<FlushTicket> NextTicket { get; init; } = FlushTicket.Next;

    /// <summary>Sends events and returns when they are applied.</summary>
    /// <exception cref="EventRefusedException">An event is not acceptable; those before it are learned.</exception>
    /// <exception cref="EventsMissingException">The memory lacks events that are not in the batch and were never given.</exception>
    /// <exception cref="DurableEventsLostException">The memory has less than it called durable.</exception>
    public async ValueTask<FeedReceipt> FeedAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        await _sent.Turn.WaitAsync(cancellationToken);
        try
        {
            FeedTally tally = new();
            LearningEvent? unnumbered = batch.Events.FirstOrDefault(given => given.Sequence < 1);
            _sent.GoOnAfter(batch.After);
            _sent.Add(batch.Events.TakeWhile(given => given != unnumbered));
            do
            {
                await SendAsync(tally, cancellationToken);
            }
            while (_sent.HasPending);

            if (_sent.Count > limits.MaxKeptEvents)
            {
                await FlushDurablyAsync(NextTicket(), cancellationToken);
            }

            return unnumbered is null ? tally.ToReceipt(_sent.Marks) : throw Refused(unnumbered, tally);
        }
        catch
        {
            _sent.ForgetPending();
            throw;
        }
        finally
        {
            _sent.Turn.Release();
        }
    }

    /// <summary>Ends the memory's period; what a crash lost before it is sent again first.</summary>
    public async ValueTask<Receipt> FlushAsync(FlushTicket ticket, CancellationToken cancellationToken)
    {
        await _sent.Turn.WaitAsync(cancellationToken);
        try
        {
            return await FlushDurablyAsync(ticket, cancellationToken);
        }
        finally
        {
            _sent.Turn.Release();
        }
    }

    private async ValueTask<Receipt> FlushDurablyAsync(FlushTicket ticket, CancellationToken cancellationToken)
    {
        do
        {
            while (_sent.HasPending)
            {
                await SendAsync(new FeedTally(), cancellationToken);
            }

            await channel.RetryAsync(stop => FlushOnceAsync(ticket, stop), cancellationToken);
        }
        while (_sent.HasPending);

        return _sent.Marks;
    }

    private async ValueTask FlushOnceAsync(FlushTicket ticket, CancellationToken cancellationToken)
    {
        try
        {
            _sent.Accept(await channel.FlushAsync(ticket with { After = _sent.Marks.AppliedThrough }, cancellationToken));
        }
        catch (EventsMissingException missing)
        {
            if (!_sent.TryGoBack(missing.AppliedThrough))
            {
                throw;
            }
        }
    }

    private ValueTask SendAsync(FeedTally tally, CancellationToken cancellationToken) => channel.RetryAsync(
        async stop =>
        {
            EventBatch batch = new(source, _sent.Pending(limits.EventsPerBatch)) { After = _sent.Marks.AppliedThrough };
            try
            {
                await channel.SendAsync(batch, Accept, stop);
            }
            catch (EventsMissingException missing)
            {
                if (!_sent.TryGoBack(missing.AppliedThrough))
                {
                    throw;
                }
            }
            catch (EventRefusedException refused)
            {
                throw new EventRefusedException(refused.Sequence, refused.Reason) { Before = tally.ToReceipt(_sent.Marks) };
            }

            void Accept(FeedReceipt receipt)
            {
                tally.Add(receipt);
                _sent.Accept(receipt.Marks);
            }
        },
        cancellationToken);

    private EventRefusedException Refused(LearningEvent unnumbered, FeedTally tally) =>
        new(unnumbered.Sequence, new InvalidInputException("sequence", $"is {unnumbered.Sequence}", "whole numbers from 1"))
        {
            Before = tally.ToReceipt(_sent.Marks),
        };
}
