namespace NestedLearning.Tiers;

/// <summary>How one tensor is to be written.</summary>
/// <param name="Encoding">The encoding.</param>
/// <param name="Kept">
/// How much a selective encoding keeps: for top-k the values of each block of 4,096, 1 to 4,096; for low rank the rank, 1
/// to 1,024. Others ignore it.
/// </param>
public readonly record struct EncodingChoice(TensorEncoding Encoding, int Kept = 0)
{
    /// <summary>Whether it takes two factors in place of the values, which a sender has to find first.</summary>
    internal bool IsLowRank => Encoding is >= TensorEncoding.LowRankFloat32 and <= TensorEncoding.LowRankInt4;

    /// <summary>Whether dense float32 values may be written so.</summary>
    internal bool IsDense => IsLowRank || Encoding is >= TensorEncoding.Float32 and <= TensorEncoding.TopKInt2;

    /// <summary>An encoding that keeps all values.</summary>
    public static implicit operator EncodingChoice(TensorEncoding encoding) => new(encoding);
}
