namespace NestedLearning.Client.Orleans;

/// <summary>Options of a client are out of range; all violations are listed.</summary>
public sealed class InvalidClusterOptionsException(IReadOnlyList<string> violations)
    : NestedLearningException("The client's options are not valid: " + string.Join("; ", violations) + ".")
{
    /// <summary>One line for each option that is out of range.</summary>
    public IReadOnlyList<string> Violations { get; } = violations;
}
