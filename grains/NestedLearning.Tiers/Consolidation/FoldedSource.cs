namespace NestedLearning.Tiers;

/// <summary>The updates of one source that a version is about.</summary>
/// <param name="Source">Whose they are.</param>
/// <param name="First">The sequence number of the first.</param>
/// <param name="Last">The sequence number of the last.</param>
/// <param name="Events">The events behind them.</param>
public sealed record FoldedSource(string Source, long First, long Last, long Events);
