namespace NestedLearning.Models;

/// <summary>One labelled observation of a stream.</summary>
/// <param name="Sequence">The sender's own number for it, from 1, rising; a known number is skipped.</param>
/// <param name="Input">What is observed.</param>
/// <param name="Label">The class it belongs to.</param>
public sealed record LearningEvent(long Sequence, ModelInput Input, string Label);
