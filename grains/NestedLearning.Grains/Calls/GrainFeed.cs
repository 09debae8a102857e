using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>
/// One batch on its way to a memory, in as many calls as it takes. Each says which event it goes on after, so that a
/// memory that crashed between two of them takes nothing before what it lost.
/// </summary>
/// <param name="memory">The memory.</param>
/// <param name="batch">The batch.</param>
/// <param name="seen">Where whoever feeds saw the levels, if it looked.</param>
/// <param name="eventsPerCall">How many events a call takes.</param>
internal sealed class GrainFeed(IFastMemoryGrain memory, EventBatch batch, SeenLevels? seen, int eventsPerCall)
{
    private int _next;
    private bool _hasAsked;

    /// <summary>What the replies so far add up to. What a lost reply said is missing from it.</summary>
    public FeedReceipt Receipt { get; private set; }

    public bool IsDone => _hasAsked && _next == batch.Events.Count;

    /// <summary>Makes the next call.</summary>
    /// <exception cref="EventRefusedException">An event is not acceptable; those before it are learned.</exception>
    /// <exception cref="EventsMissingException">The memory lacks events before those of the batch.</exception>
    public async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        LearningEvent[] events = [.. batch.Events.Skip(_next).Take(eventsPerCall)];
        long after = _hasAsked ? Receipt.Marks.AppliedThrough : batch.After;
        FeedReply reply;
        try
        {
            FeedRequest request = FeedRequest.From(batch with { Events = events, After = after }) with { Seen = seen };
            reply = await memory.FeedAsync(request, cancellationToken);
        }
        catch (EventsMissingException missing) when (missing.AppliedThrough >= batch.After)
        {
            // What was lost is in this batch: it goes on from there.
            _next = IndexAfter(missing.AppliedThrough);
            Receipt = Receipt with { Marks = new Receipt(missing.AppliedThrough, Math.Min(missing.AppliedThrough, Receipt.Marks.DurableThrough)) };
            return;
        }

        Receipt = Receipt.Then(reply.ToReceipt());
        _next += reply.Consumed;
        _hasAsked = true;
        if (reply.Refused is { } refused)
        {
            throw refused.ToError(Receipt);
        }
    }

    private int IndexAfter(long sequence)
    {
        int index = 0;
        while (index < batch.Events.Count && batch.Events[index].Sequence <= sequence)
        {
            index++;
        }

        return index;
    }
}
