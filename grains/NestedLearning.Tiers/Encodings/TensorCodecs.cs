namespace NestedLearning.Tiers;

/// <summary>The codec of every encoding that this build knows.</summary>
internal static class TensorCodecs
{
    private static readonly Dictionary<TensorEncoding, TensorCodec> Known = new()
    {
        [TensorEncoding.Float32] = new DenseCodec(new Float32Coder()),
        [TensorEncoding.BFloat16] = new DenseCodec(new BFloat16Coder()),
        [TensorEncoding.Int8] = new DenseCodec(new Int8Coder()),
        [TensorEncoding.Int4] = new DenseCodec(new Int4Coder()),
        [TensorEncoding.TopKFloat16] = TopK(TensorEncoding.TopKFloat16, 1),
        [TensorEncoding.TopKInt8] = TopK(TensorEncoding.TopKInt8, 1),
        [TensorEncoding.TopKInt2] = TopK(TensorEncoding.TopKInt2, 1),
        [TensorEncoding.LowRankFloat32] = new LowRankCodec(new Float32Coder()),
        [TensorEncoding.LowRankBFloat16] = new LowRankCodec(new BFloat16Coder()),
        [TensorEncoding.LowRankInt8] = new LowRankCodec(new Int8Coder()),
        [TensorEncoding.LowRankInt4] = new LowRankCodec(new Int4Coder()),
        [TensorEncoding.Float64] = new DoubleCodec(),
        [TensorEncoding.SparseFloat32] = new SparseCodec(new Float32Coder()),
        [TensorEncoding.SparseBFloat16] = new SparseCodec(new BFloat16Coder()),
        [TensorEncoding.SparseInt8] = new SparseCodec(new Int8Coder()),
        [TensorEncoding.SparseInt4] = new SparseCodec(new Int4Coder()),
        [TensorEncoding.SymmetricFloat32] = new SymmetricCodec(),
        [TensorEncoding.SymmetricInt8] = new SymmetricInt8Codec(),
        [TensorEncoding.Integers] = new IntegerCodec(),
        [TensorEncoding.Bytes] = new BytesCodec(),
        [TensorEncoding.Texts] = new TextCodec(),
    };

    /// <summary>The codec that writes a tensor as chosen; <paramref name="field"/> is the tensor.</summary>
    /// <exception cref="FrameException">The encoding is not known.</exception>
    public static TensorCodec For(EncodingChoice choice, string field) =>
        choice.Encoding is TensorEncoding.TopKFloat16 or TensorEncoding.TopKInt8 or TensorEncoding.TopKInt2
            ? TopK(choice.Encoding, choice.Kept)
            : Get(choice.Encoding, field);

    /// <summary>The codec that reads this encoding; <paramref name="field"/> is the tensor that asks for it.</summary>
    /// <exception cref="FrameException">The encoding is not known.</exception>
    public static TensorCodec Get(TensorEncoding encoding, string field) =>
        Known.TryGetValue(encoding, out TensorCodec? codec)
            ? codec
            : throw new FrameException(FrameProblem.UnknownEncoding, field, $"has the encoding {(byte)encoding:x2}, which is not known");

    private static TopKCodec TopK(TensorEncoding encoding, int kept) => new(
        encoding switch
        {
            TensorEncoding.TopKFloat16 => new Float16Coder(),
            TensorEncoding.TopKInt8 => new Int8Coder(),
            _ => new Int2Coder(),
        },
        kept);
}
