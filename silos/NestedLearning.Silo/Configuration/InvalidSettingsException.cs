namespace NestedLearning.Silo.Configuration;

/// <summary>Settings are not accepted; all violations are listed.</summary>
internal sealed class InvalidSettingsException(IReadOnlyList<string> violations) : NestedLearningException(string.Join(" ", violations))
{
    /// <summary>A sentence for each setting that is not accepted.</summary>
    public IReadOnlyList<string> Violations { get; } = violations;
}
