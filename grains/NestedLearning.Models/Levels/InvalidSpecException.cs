namespace NestedLearning.Models;

/// <summary>A model's settings are out of range; all violations are listed.</summary>
public sealed class InvalidSpecException : NestedLearningException
{
    /// <summary>Lists the violations, each naming the setting, its value and the accepted range.</summary>
    public InvalidSpecException(IReadOnlyList<string> violations)
        : base("The model's settings are not valid: " + string.Join("; ", violations) + ".")
    {
        Violations = violations;
    }

    /// <summary>One line for each setting that is out of range.</summary>
    public IReadOnlyList<string> Violations { get; }
}
