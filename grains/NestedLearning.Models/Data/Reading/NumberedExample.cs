namespace NestedLearning.Models;

/// <summary>An example and the line that it begins on, from 1.</summary>
public readonly record struct NumberedExample(long Line, Example Example);
