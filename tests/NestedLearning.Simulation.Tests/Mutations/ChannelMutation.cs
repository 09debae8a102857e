using NestedLearning.Tiers;

namespace NestedLearning.Simulation.Tests.Mutations;

/// <summary>A client's way to its memory, broken in one way.</summary>
internal class ChannelMutation(IEventChannel inner) : IEventChannel
{
    public virtual ValueTask SendAsync(EventBatch batch, Action<FeedReceipt> accept, CancellationToken cancellationToken) =>
        inner.SendAsync(batch, accept, cancellationToken);

    public ValueTask<Receipt> FlushAsync(FlushTicket ticket, CancellationToken cancellationToken) =>
        inner.FlushAsync(ticket, cancellationToken);

    public ValueTask RetryAsync(Func<CancellationToken, ValueTask> attempt, CancellationToken cancellationToken) =>
        inner.RetryAsync(attempt, cancellationToken);
}

/// <summary>What a memory has applied is called durable before it is saved.</summary>
internal sealed class AppliedCalledDurable(IEventChannel inner) : ChannelMutation(inner)
{
    public override ValueTask SendAsync(EventBatch batch, Action<FeedReceipt> accept, CancellationToken cancellationToken) =>
        base.SendAsync(
            batch,
            receipt => accept(receipt with { Marks = receipt.Marks with { DurableThrough = receipt.Marks.AppliedThrough } }),
            cancellationToken);
}

/// <summary>A client does not say which event it goes on after.</summary>
internal sealed class GoesOnAnywhere(IEventChannel inner) : ChannelMutation(inner)
{
    public override ValueTask SendAsync(EventBatch batch, Action<FeedReceipt> accept, CancellationToken cancellationToken) =>
        base.SendAsync(batch with { After = 0 }, accept, cancellationToken);
}
