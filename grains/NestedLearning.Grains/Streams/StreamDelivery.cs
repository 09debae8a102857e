using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>
/// One delivery of a stream on its way into a memory: learned event by event, those left out that are not acceptable, and
/// then made durable. Whatever fails in between, the same delivery can be made again.
/// </summary>
internal sealed class StreamDelivery(IFastMemoryGrain memory, TierCalls calls, StreamRefusals refusals)
{
    private const int EventsPerCall = 1024;

    private readonly Dictionary<SourceId, long> _applied = [];

    /// <summary>Learns a message.</summary>
    /// <exception cref="InvalidIdException">Its source is no valid name.</exception>
    /// <exception cref="InvalidInputException">It holds nothing where events should be.</exception>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    /// <exception cref="BusyException">The memory waits for a version; the delivery has to be made again.</exception>
    /// <exception cref="EventsMissingException">The memory was lost on the way; the delivery has to be made again.</exception>
    public async Task FeedAsync(StreamedEvents? message)
    {
        if (message?.Events is not { } events || events.Contains(null))
        {
            throw new InvalidInputException("events", "hold nothing", "events with a number, an input and a label");
        }

        SourceId source = new(message.Source);
        for (int next = 0; next < events.Length;)
        {
            LearningEvent[] part = events[next..Math.Min(next + EventsPerCall, events.Length)];
            next += await LearnAsync(source, part);
        }
    }

    /// <summary>Returns once everything that was learned is durable.</summary>
    /// <exception cref="EventsMissingException">The memory was lost on the way; the delivery has to be made again.</exception>
    public async Task SaveAsync()
    {
        foreach ((SourceId source, long applied) in _applied)
        {
            ReceiptReply saved = await calls.AskOnceMoreAsync(stop => memory.SaveAsync(source.Value, stop), CancellationToken.None);
            if (saved.DurableThrough < applied)
            {
                throw new EventsMissingException(saved.DurableThrough, applied);
            }
        }
    }

    /// <returns>How many events are done with.</returns>
    private async Task<int> LearnAsync(SourceId source, LearningEvent[] events)
    {
        FeedRequest request = new(source.Value, _applied.GetValueOrDefault(source), events);
        FeedReply reply = await calls.AskOnceMoreAsync(stop => memory.FeedAsync(request, stop), CancellationToken.None);
        _applied[source] = reply.Marks.AppliedThrough;
        if (reply.Refused is { } refused)
        {
            refusals.Tell(source.Value, refused.Sequence, refused.Problem);
            return Array.FindIndex(events, learningEvent => learningEvent.Sequence == refused.Sequence) + 1;
        }

        return reply.Consumed == events.Length ? events.Length : throw new BusyException("The memory of the stream");
    }
}
