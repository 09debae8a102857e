namespace NestedLearning.Tensors;

/// <summary>
/// Triangular solves by halving: all but small diagonal blocks is a product. The right-hand sides may have any strides, so
/// the same code solves <c>L X = B</c> and, on transposed views, <c>X Lᵀ = B</c>.
/// </summary>
internal static unsafe class TriangularSolver
{
    /// <summary>At most this many rows are solved without splitting.</summary>
    private const int BlockRows = TriangularTile.MaximumRows;

    /// <summary>Below this many multiplications another thread costs more than it brings.</summary>
    private const long MinimumWorkPerThread = 1 << 19;

    /// <summary>Parts are multiples of the rows of every kernel's tile, because right-hand sides are rows of the products.</summary>
    private const int PartUnit = 12;

    /// <summary>At most this many right-hand sides are copied.</summary>
    private const int FewColumns = 192;

    /// <summary>Keeps columns of a copy, whose length is often a power of two, in different sets of the cache.</summary>
    private const int ColumnGap = 16;

    /// <summary>From this many right-hand sides on, the inverse of a block pays for itself.</summary>
    private const int InverseColumns = 192;

    /// <summary>Columns for which packing the factor costs little beside the products.</summary>
    private const int WidePart = 256;

    /// <summary>Overwrites <paramref name="b"/> [n, m] by <c>L⁻¹ b</c>, or by <c>L⁻ᵀ b</c> when <paramref name="transposed"/>.</summary>
    public static void Solve(Operand l, Operand b, bool transposed, int threads)
    {
        if (b.IsEmpty)
        {
            return;
        }

        // One decision for all columns, so that the number of threads changes no result.
        bool inverses = b.Columns >= InverseColumns;
        long work = (long)b.Rows * b.Rows * b.Columns / 2;
        threads = (int)Math.Min(Math.Min(threads, work / MinimumWorkPerThread), (b.Columns + PartUnit - 1) / PartUnit);
        if (threads <= 1)
        {
            SolvePart(l, b, transposed, inverses);
        }
        else
        {
            SolveParts(l, b, transposed, inverses, threads);
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
    private static void SolveParts(Operand l, Operand b, bool transposed, bool inverses, int threads)
    {
        int units = (b.Columns + PartUnit - 1) / PartUnit;
        int parts = Math.Clamp(b.Columns / WidePart, threads, 4 * threads);
        SharedLoop.Run(new Parts(l, b, transposed, inverses, units, parts), parts, threads);
    }

    /// <summary>
    /// Few right-hand sides are solved in a copy that holds each of them in one piece: they are then the left operand of
    /// every product, which stays in the second cache level while the factor passes once.
    /// </summary>
    private static void SolvePart(Operand l, Operand b, bool transposed, bool inverses)
    {
        if (b.Columns > FewColumns || b.RowStride == 1 || b.Rows <= BlockRows)
        {
            SolveBlocks(l, b, transposed, inverses);
            return;
        }

        int stride = ((b.Rows + 15) & ~15) + ColumnGap;
        var copy = new Operand(Scratch.Result(b.Columns * stride), b.Rows, b.Columns, 1, stride);
        Transposition.Copy(b, copy);
        SolveBlocks(l, copy, transposed, inverses);
        Transposition.Copy(copy.Transposed, b.Transposed);
    }

    private static void SolveBlocks(Operand l, Operand b, bool transposed, bool inverses)
    {
        if (l.Rows <= BlockRows)
        {
            if (inverses)
            {
                TriangularInverse.Solve(l, b, transposed);
            }
            else
            {
                TriangularTile.Solve(l, b, transposed);
            }

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
            SolveBlocks(last, rest, transposed, inverses);
            PackedProduct.Run(new ProductJob(below.Transposed, rest, first, -1, 1, lowerOnly: false));
            SolveBlocks(top, first, transposed, inverses);
        }
        else
        {
            SolveBlocks(top, first, transposed, inverses);
            PackedProduct.Run(new ProductJob(below, first, rest, -1, 1, lowerOnly: false));
            SolveBlocks(last, rest, transposed, inverses);
        }
    }

    /// <summary>A solution cut into parts of about as many <paramref name="units"/> of columns, a round for each.</summary>
    private readonly struct Parts(Operand l, Operand b, bool transposed, bool inverses, int units, int parts) : IRangeWork
    {
        public void Run(int start, int end)
        {
            int first = Math.Min(b.Columns, (int)((long)units * start / parts) * PartUnit);
            int last = Math.Min(b.Columns, (int)((long)units * end / parts) * PartUnit);
            SolvePart(l, b.Slice(0, first, b.Rows, last - first), transposed, inverses);
        }
    }
}
