namespace NestedLearning.Tiers;

/// <summary>A version of a level, and what can be done with it.</summary>
/// <param name="Entry">Where it came from.</param>
/// <param name="IsCurrent">Whether memories use it.</param>
/// <param name="CanGoBackTo">Whether the level can be rolled back to it.</param>
/// <param name="IsInQuarantine">Whether updates that it left out wait in quarantine.</param>
public sealed record VersionRecord(LineageEntry Entry, bool IsCurrent, bool CanGoBackTo, bool IsInQuarantine);
