namespace NestedLearning.Simulation;

/// <summary>What a seed came to.</summary>
/// <param name="Seed">The seed; the same one with the same settings gives the same result, to the bit.</param>
/// <param name="Violation">The first promise that did not hold, or null.</param>
public sealed record SimulationResult(int Seed, Violation? Violation)
{
    /// <summary>The events that were fed.</summary>
    public required int Events { get; init; }

    /// <summary>What happened one after another.</summary>
    public required long Steps { get; init; }

    /// <summary>How long it took in virtual time.</summary>
    public required TimeSpan VirtualTime { get; init; }

    /// <summary>The versions that the level published.</summary>
    public required long Versions { get; init; }

    /// <summary>The versions that went back to an earlier one.</summary>
    public required int Rollbacks { get; init; }

    /// <summary>The versions that took updates out of quarantine.</summary>
    public required int Replays { get; init; }

    /// <summary>The versions that are without a tenant that was forgotten.</summary>
    public required int Forgotten { get; init; }

    /// <summary>The messages that were sent, of which some were lost or repeated.</summary>
    public required long Messages { get; init; }

    /// <summary>The lives of silos beyond their first.</summary>
    public required int Restarts { get; init; }

    /// <summary>A checksum of everything that is durable at the end.</summary>
    public required uint Fingerprint { get; init; }

    /// <summary>What happened, in lines; empty unless it was asked for.</summary>
    public required IReadOnlyList<string> Trace { get; init; }
}
