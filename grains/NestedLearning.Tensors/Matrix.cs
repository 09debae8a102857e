namespace NestedLearning.Tensors;

/// <summary>A dense float32 matrix, row-major, of shape [rows, columns]. It owns its values.</summary>
public sealed class Matrix
{
    private readonly float[] _values;

    /// <summary>A matrix of zeros.</summary>
    public Matrix(int rows, int columns)
        : this(rows, columns, new float[checked(rows * columns)])
    {
    }

    /// <summary>A matrix over <paramref name="values"/>, which it takes over; their number must be rows * columns.</summary>
    /// <exception cref="ShapeException">The number of values differs.</exception>
    public Matrix(int rows, int columns, float[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (values.Length != (long)rows * columns)
        {
            throw new ShapeException(nameof(Matrix), nameof(values), $"[{values.Length}]", $"[{rows} * {columns}]");
        }

        Rows = rows;
        Columns = columns;
        _values = values;
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>All values, row after row.</summary>
    public Span<float> Values => _values;

    /// <summary>All values as memory, for holders that outlive a stack frame.</summary>
    public ReadOnlyMemory<float> Memory => _values;

    /// <summary>One element.</summary>
    public ref float this[int row, int column] => ref _values[(row * Columns) + column];

    /// <summary>Row <paramref name="row"/> as a span of <see cref="Columns"/> values.</summary>
    public Span<float> Row(int row) => _values.AsSpan(row * Columns, Columns);

    /// <summary>The whole matrix as a view that kernels accept.</summary>
    public MatrixView View => new(_values, Rows, Columns, Columns);

    /// <summary>A deep copy.</summary>
    public Matrix Clone() => new(Rows, Columns, (float[])_values.Clone());
}
