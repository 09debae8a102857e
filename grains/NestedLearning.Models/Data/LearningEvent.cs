namespace NestedLearning.Models;

/// <summary>One observation of a stream, labelled where its model learns labels.</summary>
/// <param name="Sequence">The sender's own number for it, from 1, rising; a known number is skipped.</param>
/// <param name="Input">What is observed.</param>
/// <param name="Label">The class it belongs to; empty for a model that learns none.</param>
public sealed record LearningEvent(long Sequence, ModelInput Input, string Label);
