using NestedLearning.Grains;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client.Orleans;

/// <summary>The way of a source's events to the grain of a memory.</summary>
internal sealed class GrainEventChannel(GrainCluster cluster, MemoryAddress memory, SourceId source) : IEventChannel
{
    public async ValueTask SendAsync(EventBatch batch, Action<FeedReceipt> accept, CancellationToken cancellationToken)
    {
        try
        {
            accept(await cluster.FeedAsync(memory, batch, cancellationToken));
        }
        catch (EventRefusedException refused)
        {
            accept(refused.Before);
            throw;
        }
    }

    public ValueTask<Receipt> FlushAsync(FlushTicket ticket, CancellationToken cancellationToken) =>
        cluster.FlushAsync(memory, source, ticket, cancellationToken);

    /// <summary>The cluster's own calls are made again where that may help.</summary>
    public ValueTask RetryAsync(Func<CancellationToken, ValueTask> attempt, CancellationToken cancellationToken) =>
        attempt(cancellationToken);
}
