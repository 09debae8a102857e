namespace NestedLearning.Simulation;

/// <summary>A simulation's settings are out of range; all violations are listed.</summary>
public sealed class InvalidSimulationException(IReadOnlyList<string> violations)
    : NestedLearningException("The simulation is not valid: " + string.Join("; ", violations) + ".")
{
    /// <summary>One line for each setting that is out of range.</summary>
    public IReadOnlyList<string> Violations { get; } = violations;
}
