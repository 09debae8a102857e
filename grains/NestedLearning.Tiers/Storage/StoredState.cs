namespace NestedLearning.Tiers;

/// <summary>A state as a store holds it.</summary>
/// <param name="Bytes">What was saved.</param>
/// <param name="ETag">The tag that changes with every save.</param>
public sealed record StoredState(ReadOnlyMemory<byte> Bytes, string ETag);
