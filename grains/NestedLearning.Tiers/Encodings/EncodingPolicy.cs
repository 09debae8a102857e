using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>How float32 values travel: the smaller, the coarser.</summary>
public enum FloatEncoding
{
    /// <summary>Exact, 4 bytes a value.</summary>
    Float32,

    /// <summary>Within 0.4% of each value, 2 bytes.</summary>
    BFloat16,

    /// <summary>Within 0.4% of the largest magnitude in a row or block, 1 byte and 4 for each block.</summary>
    Int8,

    /// <summary>Within 7.2% of the largest magnitude in a row or block, half a byte and 4 for each block.</summary>
    Int4,
}

/// <summary>One choice for each kind of tensor; what is not float32 is always exact.</summary>
public sealed record EncodingPolicy : IEncodingPolicy
{
    /// <summary>Every tensor exact: for state, and for updates whose fold must not depend on the partition.</summary>
    public static EncodingPolicy Lossless { get; } = new();

    /// <summary>For dense tensors; exact by default.</summary>
    public FloatEncoding Dense { get; init; } = FloatEncoding.Float32;

    /// <summary>For sparse tensors; exact by default.</summary>
    public FloatEncoding Sparse { get; init; } = FloatEncoding.Float32;

    /// <summary>Whether symmetric matrices travel in eight bits; exact by default.</summary>
    public bool CoarseSymmetric { get; init; }

    /// <inheritdoc/>
    public EncodingChoice Choose(NamedTensor tensor) => tensor switch
    {
        DenseTensor => Pick(Dense, TensorEncoding.Float32),
        SparseTensor => Pick(Sparse, TensorEncoding.SparseFloat32),
        SymmetricTensor => CoarseSymmetric ? TensorEncoding.SymmetricInt8 : TensorEncoding.SymmetricFloat32,
        DoubleTensor => TensorEncoding.Float64,
        IntegerTensor => TensorEncoding.Integers,
        BytesTensor => TensorEncoding.Bytes,
        TextTensor => TensorEncoding.Texts,
        _ => throw new FrameException(FrameProblem.UnknownEncoding, tensor.Name, $"is a {tensor.GetType().Name}, which has no encoding"),
    };

    private static TensorEncoding Pick(FloatEncoding choice, TensorEncoding exact) =>
        (TensorEncoding)((int)exact + (int)choice);
}
