namespace NestedLearning.Tiers;

/// <summary>A version that waits to be made durable, where it came from, and the updates that go into quarantine with it, if any.</summary>
internal sealed record UnsavedVersion(PreparedVersion Prepared, LineageEntry Entry, StateAttachment? Quarantine);
