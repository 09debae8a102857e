namespace NestedLearning.Models;

/// <summary>An event and the line that it stands on, from 1.</summary>
public readonly record struct NumberedEvent(long Line, LearningEvent Event);
