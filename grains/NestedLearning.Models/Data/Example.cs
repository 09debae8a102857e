namespace NestedLearning.Models;

/// <summary>One line of a data set.</summary>
/// <param name="Input">The text or the features.</param>
/// <param name="Label">The class.</param>
/// <param name="Task">The task it belongs to, in a stream of tasks.</param>
/// <param name="IsTest">True for evaluation, false for learning.</param>
public sealed record Example(ModelInput Input, string Label, string Task, bool IsTest);
