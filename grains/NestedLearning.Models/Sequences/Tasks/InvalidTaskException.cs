namespace NestedLearning.Models;

/// <summary>The settings of a task are out of range; all violations are listed.</summary>
public sealed class InvalidTaskException : NestedLearningException
{
    /// <summary>Lists the violations, each naming the setting, its value and the accepted range.</summary>
    public InvalidTaskException(IReadOnlyList<string> violations)
        : base("The task's settings are not valid: " + string.Join("; ", violations) + ".") => Violations = violations;

    /// <summary>One line for each setting that is out of its range.</summary>
    public IReadOnlyList<string> Violations { get; }
}
