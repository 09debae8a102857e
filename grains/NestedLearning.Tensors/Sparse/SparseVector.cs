namespace NestedLearning.Tensors;

/// <summary>
/// A sparse float32 vector: strictly rising indices below 65,536 and one value for each.
/// </summary>
/// <param name="Indices">The positions of the values, strictly rising.</param>
/// <param name="Values">The value at each position; same length as <paramref name="Indices"/>.</param>
public readonly record struct SparseVector(ReadOnlyMemory<ushort> Indices, ReadOnlyMemory<float> Values)
{
    /// <summary>The number of stored positions.</summary>
    public int Count => Indices.Length;
}
