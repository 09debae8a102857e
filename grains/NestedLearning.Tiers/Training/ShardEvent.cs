using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>An event of a shard; its sequence number is its place in the shard, from 1.</summary>
/// <param name="Position">Its place in the data, from 0.</param>
/// <param name="Event">The event.</param>
public readonly record struct ShardEvent(long Position, LearningEvent Event);
