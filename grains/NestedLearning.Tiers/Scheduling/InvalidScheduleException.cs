namespace NestedLearning.Tiers;

/// <summary>A schedule's settings are not accepted; all violations are listed.</summary>
public sealed class InvalidScheduleException(IReadOnlyList<string> violations)
    : NestedLearningException("The schedule is not valid: " + string.Join("; ", violations) + ".")
{
    /// <summary>One line for each setting that is not accepted.</summary>
    public IReadOnlyList<string> Violations { get; } = violations;
}
