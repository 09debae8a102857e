namespace NestedLearning.Tensors;

/// <summary>
/// Products of matrices that are small together, a round for each matrix of the result. The right operand and the result are
/// used where they lie if their rows are whole registers, else beside.
/// </summary>
internal readonly unsafe struct SmallProductsWork(
    LoopPlan plan, ManagedTensor x, ManagedTensor y, ManagedTensor z, bool transposeX, bool transposeY) : IRangeWork
{
    /// <summary>With more elements in the three matrices, packing pays.</summary>
    private const int MostElements = 3 << 13;

    /// <summary>Longer inner products lose digits in a single sum.</summary>
    private const int MostTerms = 512;

    /// <summary>With fewer rows, the right operand is not worth transposing.</summary>
    private const int FewestRowsOfTransposed = 4;

    /// <summary>Whether the products [m, k] by [k, n] are faster this way.</summary>
    public static bool Fits(int m, int k, int n, bool transposeY) =>
        k <= MostTerms && ((long)m * k) + ((long)k * n) + ((long)m * n) <= MostElements && !(transposeY && m < FewestRowsOfTransposed);

    public void Run(int start, int end)
    {
        (int m, int n) = (z.Shape[^2], z.Shape[^1]);
        int k = transposeX ? x.Shape[^2] : x.Shape[^1];
        int width = TileMemory.RoundUp(n);
        bool aside = width != n;
        var memory = new TileMemory(Scratch.Scan((k + m) * width));
        Operand copy = memory.Take(k, n);
        Operand sums = memory.Take(m, n);
        copy = aside || transposeY ? Cleared(copy) : copy;
        fixed (float* xs = x.Values, ys = y.Values, zs = z.Values)
        {
            int copied = -1;
            for (int i = start; i < end; i++)
            {
                Operand left = Matrix(xs, x.Shape, plan.Offset(0, i), transposeX);
                int place = plan.Offset(1, i);
                Operand right = Matrix(ys, y.Shape, place, transposeY);
                if (copied != place && (aside || transposeY))
                {
                    Copy(right, copy.Slice(0, 0, k, n));
                    copied = place;
                }

                right = aside || transposeY ? copy : right;
                var result = new Operand(zs + ((nint)i * m * n), m, n, n, 1);
                TileProduct.Set(left, right, aside ? sums : result);
                if (aside)
                {
                    Copy(sums.Slice(0, 0, m, n), result);
                }
            }
        }
    }

    private static Operand Matrix(float* values, Shape shape, int index, bool transpose)
    {
        (int rows, int columns) = (shape[^2], shape[^1]);
        var matrix = new Operand(values + ((nint)index * rows * columns), rows, columns, columns, 1);
        return transpose ? matrix.Transposed : matrix;
    }

    /// <summary>Columns beyond the operand's are 0.</summary>
    private static Operand Cleared(Operand matrix)
    {
        new Span<float>(matrix.Data, matrix.Rows * matrix.Columns).Clear();
        return matrix;
    }

    private static void Copy(Operand source, Operand target)
    {
        if (source.ColumnStride != 1)
        {
            Transposition.Copy(source.Transposed, target.Transposed);
            return;
        }

        for (int row = 0; row < source.Rows; row++)
        {
            new ReadOnlySpan<float>(source.At(row, 0), source.Columns).CopyTo(new Span<float>(target.At(row, 0), source.Columns));
        }
    }
}
