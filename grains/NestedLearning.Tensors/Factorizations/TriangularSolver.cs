namespace NestedLearning.Tensors;

/// <summary>
/// Triangular solves by halving: all but small diagonal blocks is a product. The right-hand sides may have any strides, so
/// the same code solves <c>L X = B</c> and, on transposed views, <c>X Lᵀ = B</c>.
/// </summary>
internal static class TriangularSolver
{
    /// <summary>At most this many rows are solved without splitting.</summary>
    private const int BlockRows = TriangularTile.MaximumRows;

    /// <summary>Below this many multiplications another thread costs more than it brings.</summary>
    private const long MinimumWorkPerThread = 1 << 19;

    /// <summary>Columns for which packing the factor costs little beside the products.</summary>
    private const int WidePart = 256;

    /// <summary>Overwrites <paramref name="b"/> [n, m] by <c>L⁻¹ b</c>, or by <c>L⁻ᵀ b</c> when <paramref name="transposed"/>.</summary>
    public static void Solve(Operand l, Operand b, bool transposed, int threads)
    {
        if (b.IsEmpty)
        {
            return;
        }

        long work = (long)b.Rows * b.Rows * b.Columns / 2;
        int width = TriangularTile.Columns;
        threads = (int)Math.Min(Math.Min(threads, work / MinimumWorkPerThread), (b.Columns + width - 1) / width);
        if (threads <= 1)
        {
            SolveBlocks(l, b, transposed);
        }
        else
        {
            SolveParts(l, b, transposed, threads);
        }
    }

    /// <summary>The number of rows of the first half: about half, a multiple of <paramref name="unit"/>.</summary>
    public static int Split(int rows, int unit)
    {
        int half = rows / 2;
        return Math.Max(unit, half / unit * unit);
    }

    /// <summary>
    /// Right-hand sides are independent: threads take parts of the columns. More parts than threads even out their speeds,
    /// as long as a part is wide enough to pay for packing the factor again.
    /// </summary>
    private static void SolveParts(Operand l, Operand b, bool transposed, int threads)
    {
        int unit = TriangularTile.Columns;
        int units = (b.Columns + unit - 1) / unit;
        int parts = Math.Clamp(b.Columns / WidePart, threads, 4 * threads);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.For(0, parts, options, part =>
        {
            int start = Math.Min(b.Columns, (int)((long)units * part / parts) * unit);
            int end = Math.Min(b.Columns, (int)((long)units * (part + 1) / parts) * unit);
            SolveBlocks(l, b.Slice(0, start, b.Rows, end - start), transposed);
        });
    }

    private static void SolveBlocks(Operand l, Operand b, bool transposed)
    {
        if (l.Rows <= BlockRows)
        {
            TriangularTile.Solve(l, b, transposed);
            return;
        }

        int head = Split(l.Rows, BlockRows);
        int tail = l.Rows - head;
        Operand top = l.Slice(0, 0, head, head);
        Operand below = l.Slice(head, 0, tail, head);
        Operand last = l.Slice(head, head, tail, tail);
        Operand first = b.Slice(0, 0, head, b.Columns);
        Operand rest = b.Slice(head, 0, tail, b.Columns);
        if (transposed)
        {
            SolveBlocks(last, rest, transposed);
            PackedProduct.Run(new ProductJob(below.Transposed, rest, first, -1, 1, lowerOnly: false));
            SolveBlocks(top, first, transposed);
        }
        else
        {
            SolveBlocks(top, first, transposed);
            PackedProduct.Run(new ProductJob(below, first, rest, -1, 1, lowerOnly: false));
            SolveBlocks(last, rest, transposed);
        }
    }
}
