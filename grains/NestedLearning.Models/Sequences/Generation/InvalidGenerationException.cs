namespace NestedLearning.Models;

/// <summary>A text cannot go on as it was asked for; all violations are listed.</summary>
public sealed class InvalidGenerationException : NestedLearningException
{
    /// <summary>Lists the violations, each naming the option, its value and the accepted range.</summary>
    public InvalidGenerationException(params IReadOnlyList<string> violations)
        : base("No text can be generated: " + string.Join("; ", violations) + ".") => Violations = violations;

    /// <summary>One line for each option that is out of its range.</summary>
    public IReadOnlyList<string> Violations { get; }
}
