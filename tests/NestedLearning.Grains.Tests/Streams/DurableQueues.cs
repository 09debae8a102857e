using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace NestedLearning.Grains.Tests.Streams;

/// <summary>
/// Queues outside of the cluster that outlive its silos, as a broker does. What nobody has acknowledged is delivered again
/// to whoever reads a queue next.
/// </summary>
internal sealed class DurableQueues
{
    private readonly Lock _lock = new();
    private readonly Dictionary<QueueId, SortedList<long, QueuedMessage>> _queues = [];
    private long _sequence;

    /// <summary>How often a message was handed to a reader; more often than there are messages when some were handed out again.</summary>
    public int Reads { get; private set; }

    /// <summary>Whether acknowledgements get lost on the way: whoever reads a queue next gets all of it.</summary>
    public bool LosesAcknowledgements { get; set; }

    public void Append(QueueId queue, StreamId stream, StreamedEvents[] events)
    {
        lock (_lock)
        {
            QueuedMessage message = new(stream, events, new EventSequenceTokenV2(++_sequence));
            Queue_NeedsLock(queue).Add(_sequence, message);
        }
    }

    public IList<IBatchContainer> ReadAfter(QueueId queue, long sequence, int count)
    {
        lock (_lock)
        {
            IBatchContainer[] messages =
            [
                .. Queue_NeedsLock(queue).Where(message => message.Key > sequence).Take(count).Select(message => message.Value),
            ];
            Reads += messages.Length;
            return messages;
        }
    }

    public void Acknowledge(QueueId queue, IEnumerable<IBatchContainer> messages)
    {
        lock (_lock)
        {
            if (LosesAcknowledgements)
            {
                return;
            }

            foreach (IBatchContainer message in messages)
            {
                Queue_NeedsLock(queue).Remove(message.SequenceToken.SequenceNumber);
            }
        }
    }

    private SortedList<long, QueuedMessage> Queue_NeedsLock(QueueId queue)
    {
        if (!_queues.TryGetValue(queue, out SortedList<long, QueuedMessage>? messages))
        {
            _queues.Add(queue, messages = []);
        }

        return messages;
    }
}

/// <summary>A message on its way from a queue to a grain.</summary>
[GenerateSerializer, Immutable]
internal sealed record QueuedMessage(
    [property: Id(0)] StreamId StreamId, [property: Id(1)] StreamedEvents[] Events, [property: Id(2)] EventSequenceTokenV2 Token)
    : IBatchContainer
{
    public StreamSequenceToken SequenceToken => Token;

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        Events.OfType<T>().Select((item, index) => Tuple.Create<T, StreamSequenceToken>(item, Token.CreateSequenceTokenForEvent(index)));

    public bool ImportRequestContext() => false;
}
