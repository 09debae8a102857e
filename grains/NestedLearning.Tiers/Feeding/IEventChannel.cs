namespace NestedLearning.Tiers;

/// <summary>The way of one source's events to one memory, as an <see cref="EventFeeder"/> uses it.</summary>
public interface IEventChannel
{
    /// <summary>Sends a batch once, and reports each receipt as it comes.</summary>
    /// <exception cref="EventRefusedException">An event is not acceptable; those before it are learned.</exception>
    /// <exception cref="EventsMissingException">The memory lacks events before those of the batch.</exception>
    ValueTask SendAsync(EventBatch batch, Action<FeedReceipt> accept, CancellationToken cancellationToken);

    /// <summary>Ends the memory's period once, and returns when that is durable.</summary>
    ValueTask<Receipt> FlushAsync(FlushTicket ticket, CancellationToken cancellationToken);

    /// <summary>Makes an attempt, again and again where that may help.</summary>
    ValueTask RetryAsync(Func<CancellationToken, ValueTask> attempt, CancellationToken cancellationToken);
}
