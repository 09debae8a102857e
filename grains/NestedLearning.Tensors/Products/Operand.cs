namespace NestedLearning.Tensors;

/// <summary>
/// A pinned matrix of shape [rows, columns] with free strides: element [r, c] is at
/// <c>data[r * rowStride + c * columnStride]</c>, so transposing costs nothing. The owner keeps it pinned.
/// </summary>
internal readonly unsafe struct Operand(float* data, int rows, int columns, nint rowStride, nint columnStride)
{
    public readonly float* Data = data;
    public readonly int Rows = rows;
    public readonly int Columns = columns;
    public readonly nint RowStride = rowStride;
    public readonly nint ColumnStride = columnStride;

    /// <summary>The same values with rows and columns exchanged.</summary>
    public Operand Transposed => new(Data, Columns, Rows, ColumnStride, RowStride);

    /// <summary>Whether the matrix has no element.</summary>
    public bool IsEmpty => Rows == 0 || Columns == 0;

    /// <summary>The address of element [row, column].</summary>
    public float* At(int row, int column) => Data + (row * RowStride) + (column * ColumnStride);

    /// <summary>The window of shape [rows, columns] whose first element is [row, column].</summary>
    public Operand Slice(int row, int column, int rows, int columns) =>
        new(At(row, column), rows, columns, RowStride, ColumnStride);

    /// <summary>A row-major view over pinned values.</summary>
    public static Operand Of(float* pinned, MatrixView view) => new(pinned, view.Rows, view.Columns, view.Stride, 1);
}
