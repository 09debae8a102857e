using System.Runtime.CompilerServices;

namespace NestedLearning.Tensors;

/// <summary>A dense float32 matrix, row-major, of shape [rows, columns]. It owns its values.</summary>
public sealed class Matrix
{
    /// <summary>From this many values on, products gain from rows that start with a cache line.</summary>
    private const int AlignedLength = 1 << 15;

    private const int AlignmentBytes = 64;

    private readonly float[] _values;
    private readonly int _start;

    /// <summary>A matrix of zeros. A large one starts with a cache line, so that tiles of it do not straddle two.</summary>
    public Matrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Rows = rows;
        Columns = columns;
        (_values, _start) = Allocate(checked(rows * columns));
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
    public Span<float> Values => _values.AsSpan(_start, Rows * Columns);

    /// <summary>All values as memory, for holders that outlive a stack frame.</summary>
    public ReadOnlyMemory<float> Memory => _values.AsMemory(_start, Rows * Columns);

    /// <summary>One element.</summary>
    public ref float this[int row, int column] => ref _values[_start + (row * Columns) + column];

    /// <summary>Row <paramref name="row"/> as a span of <see cref="Columns"/> values.</summary>
    public Span<float> Row(int row) => _values.AsSpan(_start + (row * Columns), Columns);

    /// <summary>The whole matrix as a view that kernels accept.</summary>
    public MatrixView View => new(Values, Rows, Columns, Columns);

    /// <summary>A deep copy.</summary>
    public Matrix Clone()
    {
        var copy = new Matrix(Rows, Columns);
        Values.CopyTo(copy.Values);
        return copy;
    }

    private static unsafe (float[] Values, int Start) Allocate(int length)
    {
        if (length < AlignedLength)
        {
            return (new float[length], 0);
        }

        float[] values = GC.AllocateArray<float>(length + (AlignmentBytes / sizeof(float)), pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref values[0]);
        return (values, (int)(-address & (AlignmentBytes - 1)) / sizeof(float));
    }
}
