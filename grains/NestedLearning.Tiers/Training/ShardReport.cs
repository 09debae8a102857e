namespace NestedLearning.Tiers;

/// <summary>How the memory of a shard stands.</summary>
/// <param name="DurableThrough">The last of the shard's events that is durable.</param>
/// <param name="Learned">The events it has learned.</param>
/// <param name="Correct">How many of those it predicted correctly before.</param>
public readonly record struct ShardReport(long DurableThrough, long Learned, long Correct);
