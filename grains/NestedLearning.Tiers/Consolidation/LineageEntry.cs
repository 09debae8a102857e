namespace NestedLearning.Tiers;

/// <summary>Where one version of a level came from. Entries are never changed.</summary>
/// <param name="Version">The version's number; its parent is the number before. 0 is there for an imported level only.</param>
/// <param name="Outcome">How it came to be.</param>
/// <param name="At">When.</param>
/// <param name="Events">The events that the level contains with it.</param>
/// <param name="Sources">The updates that were folded into it.</param>
public sealed record LineageEntry(
    long Version, FoldOutcome Outcome, DateTimeOffset At, long Events, IReadOnlyList<FoldedSource> Sources)
{
    /// <summary>The updates that went into quarantine: what the gate rejected, or what a rollback took out.</summary>
    public IReadOnlyList<FoldedSource> LeftOut { get; init; } = [];

    /// <summary>What the gate found; null where it did not ask.</summary>
    public GateVerdict? Gate { get; init; }

    /// <summary>The version that was published again, or whose quarantine was folded.</summary>
    public long? Of { get; init; }
}
