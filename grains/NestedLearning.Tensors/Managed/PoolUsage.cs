namespace NestedLearning.Tensors;

/// <summary>What the tensors of a backend occupy.</summary>
/// <param name="BytesInUse">Bytes of the buffers that a tensor holds.</param>
/// <param name="BytesIdle">Bytes of the buffers that wait to be used again.</param>
public readonly record struct PoolUsage(long BytesInUse, long BytesIdle);
