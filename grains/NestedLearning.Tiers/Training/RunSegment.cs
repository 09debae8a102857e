namespace NestedLearning.Tiers;

/// <summary>The next stretch of a stream that all workers learn before they do anything else.</summary>
/// <param name="Start">The position of its first event, from 0.</param>
/// <param name="End">The position after its last event.</param>
/// <param name="EndsRound">Whether every worker flushes after it.</param>
/// <param name="EndedTask">The number of the task that ends with it, or null.</param>
public readonly record struct RunSegment(long Start, long End, bool EndsRound, int? EndedTask);
