namespace NestedLearning.Tensors;

/// <summary>The product of a matrix with its own transpose, of which only one triangle is computed.</summary>
public static unsafe class Syrk
{
    /// <summary>
    /// The lower triangle of <paramref name="c"/> [n, n] = alpha * a aᵀ + beta * c for <paramref name="a"/> [n, k]; what is
    /// above the diagonal of c is neither read nor written. About half the work of the full product. The result is the same
    /// for every number of threads. With <paramref name="beta"/> 0, c is not read.
    /// </summary>
    /// <exception cref="ShapeException"><paramref name="c"/> is not [n, n].</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static void Lower(MatrixView a, MatrixView c, float alpha = 1, float beta = 0, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ShapeGuard.RequireShape(nameof(Syrk), nameof(c), c, a.Rows, a.Rows);
        if (a.Rows == 0)
        {
            return;
        }

        if (a.Columns == 0 || alpha == 0)
        {
            MatrixScaling.ScaleLower(beta, c);
            return;
        }

        fixed (float* pa = a.Values, pc = c.Values)
        {
            Operand left = Operand.Of(pa, a);
            PackedProduct.Run(
                new ProductJob(left, left.Transposed, Operand.Of(pc, c), alpha, beta, lowerOnly: true), threads);
        }
    }
}
