using System.Collections.ObjectModel;

namespace NestedLearning.Tiers;

/// <summary>What came of an action.</summary>
/// <param name="Detail">In one line.</param>
/// <param name="Figures">Its numbers, by name.</param>
public sealed record RunResult(string Detail, IReadOnlyDictionary<string, double> Figures)
{
    /// <summary>No numbers.</summary>
    public static IReadOnlyDictionary<string, double> NoFigures { get; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>What an evaluation found of each source, by name; null where there are no probes, and for other actions.</summary>
    public IReadOnlyList<ProbeScore>? Probes { get; init; }

    /// <summary>How far an evaluation came, from which the next one goes on; null for other actions.</summary>
    public IReadOnlyList<LearningTally>? Tallies { get; init; }
}
