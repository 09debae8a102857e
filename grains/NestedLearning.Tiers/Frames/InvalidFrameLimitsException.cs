namespace NestedLearning.Tiers;

/// <summary>The limits for frames are out of range; all violations are listed.</summary>
public sealed class InvalidFrameLimitsException : NestedLearningException
{
    /// <summary>Lists the violations, each naming the limit, its value and the accepted range.</summary>
    public InvalidFrameLimitsException(IReadOnlyList<string> violations)
        : base("The limits for frames are not valid: " + string.Join("; ", violations) + ".")
    {
        Violations = violations;
    }

    /// <summary>One line for each limit that is out of range.</summary>
    public IReadOnlyList<string> Violations { get; }
}
