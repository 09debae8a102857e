namespace NestedLearning.Tensors;

/// <summary>
/// A window of shape [rows, columns] on row-major float32 values; row r starts at <c>r * stride</c>.
/// </summary>
public readonly ref struct MatrixView
{
    /// <summary>A view over <paramref name="values"/>; <paramref name="stride"/> is the distance between rows in elements.</summary>
    /// <exception cref="ShapeException">The span is too short for the shape, or the stride is below the columns.</exception>
    public MatrixView(Span<float> values, int rows, int columns, int stride)
    {
        long needed = rows == 0 ? 0 : ((long)(rows - 1) * stride) + columns;
        if (rows < 0 || columns < 0 || stride < columns || values.Length < needed)
        {
            throw new ShapeException(
                nameof(MatrixView), nameof(values), $"[{values.Length}]", $"[{rows}, {columns}] with stride {stride}");
        }

        Values = values;
        Rows = rows;
        Columns = columns;
        Stride = stride;
    }

    /// <summary>The values under the window, starting at element [0, 0].</summary>
    public Span<float> Values { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The distance between two rows, in elements.</summary>
    public int Stride { get; }

    /// <summary>Row <paramref name="row"/> as a span of <see cref="Columns"/> values.</summary>
    public Span<float> Row(int row) => Values.Slice(row * Stride, Columns);

    /// <summary>The window of shape [rows, columns] whose first element is [row, column] of this one.</summary>
    public MatrixView Slice(int row, int column, int rows, int columns) =>
        new(rows == 0 || columns == 0 ? [] : Values[((row * Stride) + column)..], rows, columns, Stride);

    /// <summary>The shape for error messages, as "[rows, columns]".</summary>
    public override string ToString() => $"[{Rows}, {Columns}]";
}
