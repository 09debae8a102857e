namespace NestedLearning.Models;

/// <summary>A model's answer: the best class and its score; the label is null while no class is known.</summary>
public readonly record struct Prediction(string? Label, float Score);
