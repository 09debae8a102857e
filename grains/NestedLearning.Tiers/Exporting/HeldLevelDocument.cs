namespace NestedLearning.Tiers;

/// <summary>What a shared level holds of a tenant, as it is exported.</summary>
/// <param name="Level">The level.</param>
/// <param name="Version">Its newest version.</param>
/// <param name="AppliedThrough">The last update of the tenant's that it took.</param>
/// <param name="DurableThrough">The last that is durable.</param>
/// <param name="IsForgettable">Whether it keeps all updates; if not, what left it for its sums is in those alone.</param>
/// <param name="Updates">How many updates are among the files.</param>
/// <param name="Events">The events behind those.</param>
/// <param name="Probes">How many of its events the gate asks about.</param>
/// <param name="Lineage">The versions that name the tenant, newest first.</param>
public sealed record HeldLevelDocument(
    string Level,
    long Version,
    long AppliedThrough,
    long DurableThrough,
    bool IsForgettable,
    int Updates,
    long Events,
    int Probes,
    IReadOnlyList<HeldLineage> Lineage);

/// <summary>What a version has to do with a tenant.</summary>
/// <param name="Version">The version.</param>
/// <param name="Outcome">How it came to be.</param>
/// <param name="At">When.</param>
/// <param name="Folded">The tenant's updates that were folded into it.</param>
/// <param name="LeftOut">Those that it left out.</param>
public sealed record HeldLineage(
    long Version, FoldOutcome Outcome, DateTimeOffset At, IReadOnlyList<FoldedSource> Folded, IReadOnlyList<FoldedSource> LeftOut)
{
    /// <summary>What a version has to do with a tenant; null for nothing.</summary>
    public static HeldLineage? Of(LineageEntry entry, string source)
    {
        FoldedSource[] folded = [.. entry.Sources.Where(each => each.Source == source)];
        FoldedSource[] leftOut = [.. entry.LeftOut.Where(each => each.Source == source)];
        return folded.Length + leftOut.Length == 0 ? null : new HeldLineage(entry.Version, entry.Outcome, entry.At, folded, leftOut);
    }
}
