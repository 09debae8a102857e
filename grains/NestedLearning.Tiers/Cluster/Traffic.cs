namespace NestedLearning.Tiers;

/// <summary>Bytes of frames as they would cross the network, headers included.</summary>
/// <param name="BytesUp">Updates, from memories to consolidators.</param>
/// <param name="BytesDown">Versions, from consolidators to memories; a memory that pulls counts, whoever else did.</param>
public readonly record struct Traffic(long BytesUp, long BytesDown);
