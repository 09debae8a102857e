namespace NestedLearning.Tiers;

/// <summary>What a run finds before its first event.</summary>
/// <param name="Events">How many events the data has for learning.</param>
/// <param name="Stamp">Tells this data from any other at the same address, as far as its source can.</param>
/// <param name="FoldedBefore">How many events the fastest shared level held already.</param>
public sealed record RunExtent(long Events, string Stamp, long FoldedBefore)
{
    /// <summary>How many classes they are of.</summary>
    public int Classes { get; init; }

    /// <summary>The tasks that are measured, in the order of their ends; none where the run does not measure.</summary>
    public IReadOnlyList<RunTask> Tasks { get; init; } = [];
}
