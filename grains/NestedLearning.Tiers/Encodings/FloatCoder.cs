namespace NestedLearning.Tiers;

/// <summary>
/// One way to write a run of float32 values, shared by dense tensors (block by block) and sparse ones (row by row).
/// </summary>
internal abstract class FloatCoder
{
    /// <summary>The most values that a dense tensor hands over at once.</summary>
    public abstract int BlockLength { get; }

    /// <summary>The most by which a value changes.</summary>
    public abstract ErrorBound Error { get; }

    /// <summary>The bytes of a run of this length, which is at most <see cref="BlockLength"/> or a whole row.</summary>
    public abstract long Size(long count);

    /// <summary>Writes all values; <paramref name="field"/> is the name for errors.</summary>
    public abstract void Encode(ReadOnlySpan<float> values, Span<byte> bytes, string field);

    /// <summary>Reads as many values as there is room for.</summary>
    public abstract void Decode(ReadOnlySpan<byte> bytes, Span<float> values, string field);
}
