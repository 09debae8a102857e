namespace NestedLearning.Simulation;

/// <summary>What is simulated. Everything else about a run follows from its seed.</summary>
public sealed record SimulationSettings
{
    /// <summary>The silos, 1 to 16; default 4. More make a seed slower, and their owners meet less often.</summary>
    public int Nodes { get; init; } = 4;

    /// <summary>What goes wrong; by default everything.</summary>
    public FaultProfile Faults { get; init; } = FaultProfiles.Harsh;

    /// <summary>Reports every violation at once.</summary>
    /// <exception cref="InvalidSimulationException">At least one setting is out of its range.</exception>
    public void Validate()
    {
        if (Nodes is < 1 or > 16)
        {
            throw new InvalidSimulationException([$"{nameof(Nodes)} is {Nodes}, accepted: 1 to 16"]);
        }
    }
}
