using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>Which of a source's updates a level's newest durable version contains: those that are durable.</summary>
/// <param name="Version">The version's number.</param>
/// <param name="Marks">What of the source's updates is applied and durable.</param>
public readonly record struct LevelMarks(long Version, Receipt Marks);
