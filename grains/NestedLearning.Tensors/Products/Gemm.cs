namespace NestedLearning.Tensors;

/// <summary>The general product of two dense matrices.</summary>
public static unsafe class Gemm
{
    /// <summary>
    /// <paramref name="c"/> [m, n] = alpha * op(a) [m, k] * op(b) [k, n] + beta * c, where op transposes on request.
    /// When <paramref name="beta"/> is 0, c is written without being read, so it may hold NaN. The result is the same for
    /// every number of threads; small products, and those with at most 16 rows, use one. <paramref name="c"/> must not overlap
    /// the operands.
    /// </summary>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static void Multiply(
        MatrixView a,
        MatrixView b,
        MatrixView c,
        float alpha = 1,
        float beta = 0,
        bool transposeA = false,
        bool transposeB = false,
        int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        (int m, int k) = transposeA ? (a.Columns, a.Rows) : (a.Rows, a.Columns);
        int n = transposeB ? b.Rows : b.Columns;
        ShapeGuard.RequireShape(nameof(Gemm), nameof(b), b, transposeB ? n : k, transposeB ? k : n);
        ShapeGuard.RequireShape(nameof(Gemm), nameof(c), c, m, n);
        if (m == 0 || n == 0)
        {
            return;
        }

        if (k == 0 || alpha == 0)
        {
            MatrixScaling.Scale(beta, c);
            return;
        }

        fixed (float* pa = a.Values, pb = b.Values, pc = c.Values)
        {
            Operand left = Operand.Of(pa, a);
            Operand right = Operand.Of(pb, b);
            left = transposeA ? left.Transposed : left;
            right = transposeB ? right.Transposed : right;
            if (m <= SkinnyProduct.MaximumRows)
            {
                MatrixScaling.Scale(beta, c);
                SkinnyProduct.Add(left, right, Operand.Of(pc, c), alpha);
            }
            else
            {
                PackedProduct.Run(new ProductJob(left, right, Operand.Of(pc, c), alpha, beta, lowerOnly: false), threads);
            }
        }
    }
}
