namespace NestedLearning.Embedded;

/// <summary>The embedded engine's options are out of range; all violations are listed.</summary>
public sealed class InvalidEmbeddedOptionsException(IReadOnlyList<string> violations)
    : NestedLearningException("The embedded engine's options are not valid: " + string.Join("; ", violations) + ".")
{
    /// <summary>One line for each option that is out of range.</summary>
    public IReadOnlyList<string> Violations { get; } = violations;
}
