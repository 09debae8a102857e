namespace NestedLearning.Models;

/// <summary>Examples do not make a stream of tasks.</summary>
public sealed class TaskStreamException : NestedLearningException
{
    /// <summary>Says what is wrong and what is accepted.</summary>
    /// <param name="value">The offending task or label; null when the examples as a whole are meant.</param>
    /// <param name="problem">One line for the person who can mend the data or the call.</param>
    public TaskStreamException(string? value, string problem)
        : base(problem)
    {
        Value = value;
    }

    /// <summary>The offending task or label; null when the examples as a whole are meant.</summary>
    public string? Value { get; }
}
