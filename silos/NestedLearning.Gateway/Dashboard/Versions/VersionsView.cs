using NestedLearning.Gateway.Dashboard.Parts;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Versions;

/// <summary>The versions of a level.</summary>
/// <param name="Level">Which level.</param>
/// <param name="Levels">All shared levels of the model.</param>
/// <param name="Versions">Some of its versions, newest first.</param>
public sealed record VersionsView(LevelId Level, IReadOnlyList<LevelId> Levels, IReadOnlyList<VersionRecord> Versions)
{
    /// <summary>Only versions below this one are shown; null for the newest.</summary>
    public long? Before { get; init; }

    /// <summary>Whether there are older ones.</summary>
    public bool HasOlder { get; init; }

    /// <summary>The version that a rollback has just made; null for none.</summary>
    public LineageEntry? Made { get; init; }

    /// <summary>How the versions came to be, oldest first.</summary>
    public IReadOnlyList<StripCell> Strip() =>
        [.. Versions.Reverse().Select(version => new StripCell(ToneOf(version.Entry), $"{Figures.Count(version.Entry.Version)}: {WordOf(version.Entry.Outcome)}"))];

    /// <summary>The class of a version's colour.</summary>
    public static string ToneOf(LineageEntry entry) =>
        entry is { Outcome: FoldOutcome.Folded, LeftOut.Count: > 0 } ? "partly" : entry.Outcome.ToString().ToLowerInvariant();

    /// <summary>How a version came to be, in a word or two.</summary>
    public static string WordOf(FoldOutcome outcome) => outcome switch
    {
        FoldOutcome.RolledBack => "rolled back",
        _ => outcome.ToString().ToLowerInvariant(),
    };

    /// <summary>What the gate found, in one line.</summary>
    public static string GateText(GateVerdict gate) =>
        $"{Figures.Count(gate.ParentRight)} → {Figures.Count(gate.CandidateRight)} of {Figures.Count(gate.Probes)}"
        + (gate.Agreement is { } agreement ? FormattableString.Invariant($", agreement {agreement:F2}") : "");

    /// <summary>Whose updates they are, as far as there is room.</summary>
    public static string SourcesText(IReadOnlyList<FoldedSource> sources)
    {
        const int Named = 3;
        string names = string.Join(", ", sources.Take(Named).Select(source => source.Source));
        return sources.Count > Named ? $"{names} and {Figures.Count(sources.Count - Named)} more" : names;
    }
}
