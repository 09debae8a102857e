namespace NestedLearning.Tensors;

/// <summary>
/// A sparse float32 matrix of shape [rows, columns] in compressed rows: row r holds the entries from
/// <c>RowStarts[r]</c> up to, not including, <c>RowStarts[r + 1]</c>; within a row indices rise strictly.
/// </summary>
public sealed class SparseRows
{
    /// <summary>Takes over the three arrays; <paramref name="rowStarts"/> has one element more than there are rows.</summary>
    /// <exception cref="ShapeException">The starts fall, the lengths differ, or an index is out of order or range.</exception>
    public SparseRows(int columns, int[] rowStarts, ushort[] indices, float[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, ushort.MaxValue + 1);
        if (rowStarts.Length == 0 || rowStarts[0] != 0 || rowStarts[^1] != indices.Length || indices.Length != values.Length)
        {
            throw new ShapeException(
                nameof(SparseRows), nameof(rowStarts), $"{rowStarts.Length} starts, {indices.Length} indices, {values.Length} values",
                "starts from 0 to the number of indices, as many indices as values");
        }

        Columns = columns;
        RowStarts = rowStarts;
        Indices = indices;
        Values = values;
        for (int row = 0; row < Rows; row++)
        {
            CheckRow(row);
        }
    }

    /// <summary>The number of rows.</summary>
    public int Rows => RowStarts.Length - 1;

    /// <summary>The number of columns, at most 65,536.</summary>
    public int Columns { get; }

    /// <summary>Where each row starts in <see cref="Indices"/>; one more than there are rows.</summary>
    public int[] RowStarts { get; }

    /// <summary>The columns of the entries, row after row.</summary>
    public ushort[] Indices { get; }

    /// <summary>The values of the entries, row after row.</summary>
    public float[] Values { get; }

    /// <summary>Row <paramref name="row"/> without copying.</summary>
    public SparseVector this[int row]
    {
        get
        {
            int start = RowStarts[row];
            int count = RowStarts[row + 1] - start;
            return new SparseVector(Indices.AsMemory(start, count), Values.AsMemory(start, count));
        }
    }

    /// <summary>Stacks <paramref name="rows"/> into one matrix of <paramref name="columns"/> columns.</summary>
    public static SparseRows Stack(int columns, IReadOnlyList<SparseVector> rows)
    {
        int[] starts = new int[rows.Count + 1];
        for (int row = 0; row < rows.Count; row++)
        {
            starts[row + 1] = starts[row] + rows[row].Count;
        }

        ushort[] indices = new ushort[starts[^1]];
        float[] values = new float[starts[^1]];
        for (int row = 0; row < rows.Count; row++)
        {
            rows[row].Indices.CopyTo(indices.AsMemory(starts[row]));
            rows[row].Values.CopyTo(values.AsMemory(starts[row]));
        }

        return new SparseRows(columns, starts, indices, values);
    }

    private void CheckRow(int row)
    {
        int start = RowStarts[row];
        int end = RowStarts[row + 1];
        bool rises = start >= 0 && start <= end && end <= Indices.Length;
        for (int i = start; rises && i < end; i++)
        {
            rises = Indices[i] < Columns && (i == start || Indices[i - 1] < Indices[i]);
        }

        if (!rises)
        {
            throw new ShapeException(
                nameof(SparseRows), $"row {row}", $"entries {start} to {end}", $"strictly rising indices below {Columns}");
        }
    }
}
