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

    /// <summary>Dense float64 values as they are, 8 bytes each.</summary>
    Float64 = 0x20,

    /// <summary>Sparse rows with values as in <see cref="Float32"/>.</summary>
    SparseFloat32 = 0x30,

    /// <summary>Sparse rows with values as in <see cref="BFloat16"/>.</summary>
    SparseBFloat16 = 0x31,

    /// <summary>Sparse rows with values as in <see cref="Int8"/>, a row being a block.</summary>
    SparseInt8 = 0x32,

    /// <summary>Differences between neighbours as variable-length integers.</summary>
    Integers = 0x40,

    /// <summary>Bytes as they are.</summary>
    Bytes = 0x50,

    /// <summary>Texts in UTF-8, each after its length.</summary>
    Texts = 0x60,
}
