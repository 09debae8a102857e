namespace NestedLearning.Tensors;

/// <summary>The sizes of a delta scan.</summary>
/// <param name="Outer">The outer axes.</param>
/// <param name="Time">The number of tokens.</param>
/// <param name="KeySize">The length of a key.</param>
/// <param name="ValueSize">The length of a value.</param>
/// <param name="ChunkLength">The number of tokens in a chunk, at most that of all tokens but 1 or more.</param>
public sealed record DeltaShape(Shape Outer, int Time, int KeySize, int ValueSize, int ChunkLength)
{
    /// <summary>The number of memories.</summary>
    public int Memories => Outer.ElementCount;

    /// <summary>The number of chunks, of which the last may be shorter.</summary>
    public int Chunks => (Time + ChunkLength - 1) / ChunkLength;

    /// <summary>The shape of the reads, [..., time, values].</summary>
    public Shape Reads => [.. Outer, Time, ValueSize];

    /// <summary>The shape of the memories, [..., keys, values].</summary>
    public Shape State => [.. Outer, KeySize, ValueSize];
}
