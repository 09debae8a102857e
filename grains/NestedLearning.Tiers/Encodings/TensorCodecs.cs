namespace NestedLearning.Tiers;

/// <summary>The codec of every encoding that this build knows.</summary>
internal static class TensorCodecs
{
    private static readonly Dictionary<TensorEncoding, TensorCodec> Known = new()
    {
        [TensorEncoding.Float32] = new DenseCodec(new Float32Coder()),
        [TensorEncoding.BFloat16] = new DenseCodec(new BFloat16Coder()),
        [TensorEncoding.Int8] = new DenseCodec(new Int8Coder()),
        [TensorEncoding.Float64] = new DoubleCodec(),
        [TensorEncoding.SparseFloat32] = new SparseCodec(new Float32Coder()),
        [TensorEncoding.SparseBFloat16] = new SparseCodec(new BFloat16Coder()),
        [TensorEncoding.SparseInt8] = new SparseCodec(new Int8Coder()),
        [TensorEncoding.Integers] = new IntegerCodec(),
        [TensorEncoding.Bytes] = new BytesCodec(),
        [TensorEncoding.Texts] = new TextCodec(),
    };

    /// <summary>The codec of this encoding; <paramref name="field"/> is the tensor that asks for it.</summary>
    /// <exception cref="FrameException">The encoding is not known.</exception>
    public static TensorCodec Get(TensorEncoding encoding, string field) =>
        Known.TryGetValue(encoding, out TensorCodec? codec)
            ? codec
            : throw new FrameException(FrameProblem.UnknownEncoding, field, $"has the encoding {(byte)encoding:x2}, which is not known");
}
