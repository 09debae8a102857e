namespace NestedLearning.Tensors;

/// <content>Matrix products, rows of tables and convolutions.</content>
public static partial class ShapeRules
{
    /// <summary>The shape of the products of the innermost matrices; the outer axes broadcast.</summary>
    /// <exception cref="ShapeException">An operand has fewer than two axes, or the sizes do not fit.</exception>
    public static Shape MatrixMultiply(Shape x, Shape y, bool transposeX, bool transposeY)
    {
        const string Operation = nameof(MatrixMultiply);
        Matrices(Operation, nameof(x), x);
        Matrices(Operation, nameof(y), y);
        (int m, int k) = transposeX ? (x[^1], x[^2]) : (x[^2], x[^1]);
        (int depth, int n) = transposeY ? (y[^1], y[^2]) : (y[^2], y[^1]);
        if (k != depth || TryBroadcast(x.Dimensions[..^2], y.Dimensions[..^2]) is not { } outer)
        {
            string expected = transposeY ? $"[..., n, {k}]" : $"[..., {k}, n]";
            string operand = (transposeX ? "transposed x " : "x ") + x;
            throw new ShapeException(Operation, nameof(y), y.ToString(), $"{expected}, whose outer axes broadcast, to follow {operand}");
        }

        return [.. outer.Dimensions, m, n];
    }

    /// <summary>The shape of the gathered rows.</summary>
    /// <exception cref="ShapeException">The table has no axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row is not in the table.</exception>
    public static Shape GatherRows(Shape table, ReadOnlySpan<int> rows)
    {
        Rows(nameof(GatherRows), table);
        RowsExist(rows, table[0]);
        return [rows.Length, .. table.Dimensions[1..]];
    }

    /// <summary>The shape of the table that rows are added to.</summary>
    /// <exception cref="ShapeException">The first axis of the values is not as long as <paramref name="rows"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row is not in the table.</exception>
    public static Shape ScatterAddRows(Shape values, ReadOnlySpan<int> rows, int rowCount)
    {
        if (values.Rank == 0 || values[0] != rows.Length)
        {
            throw new ShapeException(nameof(ScatterAddRows), nameof(values), values.ToString(), $"[{rows.Length}, ...]");
        }

        RowsExist(rows, rowCount);
        return [rowCount, .. values.Dimensions[1..]];
    }

    /// <summary>Refuses taps that do not fit the sequence.</summary>
    /// <exception cref="ShapeException">x is not [..., time, channels], or taps not [count, channels].</exception>
    public static void Convolve(Shape x, Shape taps)
    {
        Matrices(nameof(Convolve), nameof(x), x);
        if (taps.Rank != 2 || taps[1] != x[^1])
        {
            throw new ShapeException(nameof(Convolve), nameof(taps), taps.ToString(), $"[count, {x[^1]}]");
        }
    }

    /// <summary>The shape of the gradient of the taps.</summary>
    /// <exception cref="ShapeException">The shapes differ, or have fewer than two axes, or the count is negative.</exception>
    public static Shape ConvolutionTaps(Shape x, Shape y, int count)
    {
        Matrices(nameof(ConvolutionTaps), nameof(x), x);
        if (!y.Equals(x))
        {
            throw new ShapeException(nameof(ConvolutionTaps), nameof(y), y.ToString(), x.ToString());
        }

        return [count, x[^1]];
    }

    private static void Matrices(string operation, string operand, Shape shape)
    {
        if (shape.Rank < 2)
        {
            throw new ShapeException(operation, operand, shape.ToString(), "2 or more axes");
        }
    }

    private static void RowsExist(ReadOnlySpan<int> rows, int rowCount)
    {
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)rowCount)
            {
                throw new ArgumentOutOfRangeException(nameof(rows), row, $"A row must be 0 or more and below {rowCount}.");
            }
        }
    }
}
