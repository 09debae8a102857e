namespace NestedLearning.Tiers;

/// <summary>How memories encode what they save.</summary>
internal static class MemoryEncodings
{
    /// <summary>
    /// Exact. Sparse rows travel in eight bits because models keep them so (<see cref="Tensors.Int8Code"/>): coding them
    /// again loses nothing.
    /// </summary>
    public static EncodingPolicy Exact { get; } = new() { Sparse = FloatEncoding.Int8 };
}
