namespace NestedLearning.Models;

/// <summary>One level of a nested model: parameters that share an update period.</summary>
/// <param name="Id">The level's name.</param>
/// <param name="Scope">Who shares its parameters.</param>
/// <param name="Kind">What its updates carry; without meaning for a private level.</param>
/// <param name="Period">How many events pass between two updates, at least 1.</param>
/// <param name="PeriodGrowth">
/// The period grows to this fraction of the events already folded once that is more than <paramref name="Period"/>;
/// 0 keeps it constant. Folds cost the same however little they add, so a large level folds less often.
/// </param>
public sealed record LevelSpec(LevelId Id, LevelScope Scope, UpdateKind Kind, long Period, double PeriodGrowth = 0)
{
    /// <summary>After how many events additive statistics count half, at least 1; null for statistics that do not fade.</summary>
    public long? HalfLife { get; init; }

    /// <summary>
    /// What the period grows to at most, at least 1; a longer <see cref="Period"/> stays as it is. Memories keep the events of a period, and
    /// of those that are under way, so this bounds what they occupy.
    /// </summary>
    public long MaxPeriod { get; init; } = long.MaxValue;

    /// <summary>
    /// The period that follows a version into which <paramref name="foldedEvents"/> events have gone. Where these fade, it grows with no
    /// more of them than one half-life.
    /// </summary>
    public long PeriodAfter(long foldedEvents) =>
        Math.Max(Period, Math.Min(MaxPeriod, (long)(Math.Min(foldedEvents, HalfLife ?? foldedEvents) * PeriodGrowth)));
}
