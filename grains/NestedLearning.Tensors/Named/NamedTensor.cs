namespace NestedLearning.Tensors;

/// <summary>
/// One named array of a model's state, of an update or of a version. What it holds decides how a frame may encode it.
/// </summary>
/// <param name="Name">The name, 1 to 64 of <c>[a-z0-9./-]</c>, unique within its set.</param>
public abstract record NamedTensor(string Name);

/// <summary>Dense float32 values of shape <paramref name="Shape"/>, row-major.</summary>
public sealed record DenseTensor(string Name, IReadOnlyList<int> Shape, ReadOnlyMemory<float> Values) : NamedTensor(Name);

/// <summary>
/// A product that stands for dense float32 values of shape <paramref name="Shape"/>: the first dimension makes the rows, the
/// others the columns, and the matrix is <c>Left Right</c>. Whoever reads it from a frame gets the dense values.
/// </summary>
/// <param name="Name">The name.</param>
/// <param name="Shape">The shape of the values.</param>
/// <param name="Rank">The number of columns of <paramref name="Left"/>.</param>
/// <param name="Left">[rows, rank], row-major.</param>
/// <param name="Right">[rank, columns], row-major.</param>
public sealed record LowRankTensor(
    string Name, IReadOnlyList<int> Shape, int Rank, ReadOnlyMemory<float> Left, ReadOnlyMemory<float> Right) : NamedTensor(Name);

/// <summary>
/// A symmetric float32 matrix of <paramref name="Size"/> rows as its lower triangle: row i holds the columns up to i, and
/// starts at i (i + 1) / 2.
/// </summary>
public sealed record SymmetricTensor(string Name, int Size, ReadOnlyMemory<float> Triangle) : NamedTensor(Name);

/// <summary>Dense float64 values of shape <paramref name="Shape"/>, row-major; for sums that must not lose a bit.</summary>
public sealed record DoubleTensor(string Name, IReadOnlyList<int> Shape, ReadOnlyMemory<double> Values) : NamedTensor(Name);

/// <summary>A sparse float32 matrix in compressed rows.</summary>
public sealed record SparseTensor(string Name, SparseRows Rows) : NamedTensor(Name);

/// <summary>A vector of integers.</summary>
public sealed record IntegerTensor(string Name, ReadOnlyMemory<long> Values) : NamedTensor(Name);

/// <summary>Opaque bytes.</summary>
public sealed record BytesTensor(string Name, ReadOnlyMemory<byte> Bytes) : NamedTensor(Name);

/// <summary>An ordered list of strings, for example class labels.</summary>
public sealed record TextTensor(string Name, IReadOnlyList<string> Texts) : NamedTensor(Name);
