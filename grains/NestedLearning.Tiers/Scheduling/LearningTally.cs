namespace NestedLearning.Tiers;

/// <summary>What the memories of a model have learned in one process since it started, those included that left memory.</summary>
/// <param name="Process">The process; another one each time that it starts.</param>
/// <param name="Learned">Events that were learned.</param>
/// <param name="Correct">Those of them that were predicted correctly just before.</param>
public sealed record LearningTally(string Process, long Learned, long Correct);
