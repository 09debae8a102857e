using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>Shorter forms of the calls on a cluster.</summary>
public static class LearningClusterExtensions
{
    /// <summary>Feeds a batch whatever the memory has of the source's earlier events.</summary>
    /// <inheritdoc cref="ILearningCluster.FeedAsync"/>
    public static ValueTask<FeedReceipt> FeedAsync(
        this ILearningCluster cluster, MemoryAddress memory, SourceId source, IReadOnlyList<LearningEvent> events, CancellationToken cancellationToken) =>
        cluster.FeedAsync(memory, new EventBatch(source, events), cancellationToken);

    /// <summary>Ends the memory's current period early, by a flush of its own.</summary>
    /// <inheritdoc cref="ILearningCluster.FlushAsync"/>
    public static ValueTask<Receipt> FlushAsync(
        this ILearningCluster cluster, MemoryAddress memory, SourceId source, CancellationToken cancellationToken) =>
        cluster.FlushAsync(memory, source, FlushTicket.Next(), cancellationToken);
}
