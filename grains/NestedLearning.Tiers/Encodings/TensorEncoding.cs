namespace NestedLearning.Tiers;

/// <summary>
/// How a tensor's payload is written; a byte of its directory entry. The high half says the kind of tensor, so that
/// each kind has room for more.
/// </summary>
public enum TensorEncoding : byte
{
    /// <summary>Dense values as they are, 4 bytes each.</summary>
    Float32 = 0x10,

    /// <summary>Dense values rounded to 8 significant bits, 2 bytes each.</summary>
    BFloat16 = 0x11,

    /// <summary>Dense values in steps of 1/127 of their block's largest magnitude, 1 byte each.</summary>
    Int8 = 0x12,

    /// <summary>Dense values in steps of 1/7 of their block's largest magnitude, half a byte each.</summary>
    Int4 = 0x13,

    /// <summary>The largest dense values of each block as float16 shares of the largest, zeros for the others.</summary>
    TopKFloat16 = 0x14,

    /// <summary>The largest dense values of each block in steps as in <see cref="Int8"/>, zeros for the others.</summary>
    TopKInt8 = 0x15,

    /// <summary>The largest dense values of each block with two bits each, zeros for the others.</summary>
    TopKInt2 = 0x16,

    /// <summary>Dense values as the product of two factors, these as in <see cref="Float32"/>.</summary>
    LowRankFloat32 = 0x18,

    /// <summary>Dense values as the product of two factors, these as in <see cref="BFloat16"/>.</summary>
    LowRankBFloat16 = 0x19,

    /// <summary>Dense values as the product of two factors, these as in <see cref="Int8"/>.</summary>
    LowRankInt8 = 0x1A,

    /// <summary>Dense values as the product of two factors, these as in <see cref="Int4"/>.</summary>
    LowRankInt4 = 0x1B,

    /// <summary>Dense float64 values as they are, 8 bytes each.</summary>
    Float64 = 0x20,

    /// <summary>Sparse rows with values as in <see cref="Float32"/>.</summary>
    SparseFloat32 = 0x30,

    /// <summary>Sparse rows with values as in <see cref="BFloat16"/>.</summary>
    SparseBFloat16 = 0x31,

    /// <summary>Sparse rows with values as in <see cref="Int8"/>, a row being a block.</summary>
    SparseInt8 = 0x32,

    /// <summary>Sparse rows with values as in <see cref="Int4"/>, a row being a block.</summary>
    SparseInt4 = 0x33,

    /// <summary>The lower triangle of a symmetric matrix as in <see cref="Float32"/>.</summary>
    SymmetricFloat32 = 0x38,

    /// <summary>The diagonal of a symmetric matrix as it is, and the others relative to it as in <see cref="Int8"/>.</summary>
    SymmetricInt8 = 0x3A,

    /// <summary>Differences between neighbours as variable-length integers.</summary>
    Integers = 0x40,

    /// <summary>Bytes as they are.</summary>
    Bytes = 0x50,

    /// <summary>Texts in UTF-8, each after its length.</summary>
    Texts = 0x60,
}
