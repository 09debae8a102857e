namespace NestedLearning.Tiers;

/// <summary>A round policy is out of range; all violations are listed.</summary>
public sealed class InvalidPolicyException(IReadOnlyList<string> violations)
    : NestedLearningException("The round policy is not valid: " + string.Join("; ", violations) + ".")
{
    /// <summary>One line for each setting that is out of range.</summary>
    public IReadOnlyList<string> Violations { get; } = violations;
}
