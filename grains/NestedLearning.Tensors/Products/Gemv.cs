namespace NestedLearning.Tensors;

/// <summary>The product of a dense matrix and a vector.</summary>
public static unsafe class Gemv
{
    /// <summary>
    /// <paramref name="y"/> [m] = alpha * a x + beta * y for <paramref name="a"/> [m, n] and <paramref name="x"/> [n].
    /// With <paramref name="beta"/> 0, y is not read.
    /// </summary>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    public static void Multiply(MatrixView a, ReadOnlySpan<float> x, Span<float> y, float alpha = 1, float beta = 0)
    {
        ShapeGuard.RequireLength(nameof(Gemv), nameof(x), x.Length, a.Columns);
        ShapeGuard.RequireLength(nameof(Gemv), nameof(y), y.Length, a.Rows);
        MatrixScaling.Scale(beta, y);
        fixed (float* pa = a.Values, px = x, py = y)
        {
            Add(px, Operand.Of(pa, a).Transposed, py, alpha);
        }
    }

    /// <summary>
    /// <paramref name="y"/> [n] = alpha * aᵀ x + beta * y for <paramref name="a"/> [m, n] and <paramref name="x"/> [m].
    /// With <paramref name="beta"/> 0, y is not read.
    /// </summary>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    public static void MultiplyTransposed(MatrixView a, ReadOnlySpan<float> x, Span<float> y, float alpha = 1, float beta = 0)
    {
        ShapeGuard.RequireLength(nameof(Gemv), nameof(x), x.Length, a.Rows);
        ShapeGuard.RequireLength(nameof(Gemv), nameof(y), y.Length, a.Columns);
        MatrixScaling.Scale(beta, y);
        fixed (float* pa = a.Values, px = x, py = y)
        {
            Add(px, Operand.Of(pa, a), py, alpha);
        }
    }

    /// <summary>The row y [1, n] += alpha * the row x [1, k] * b [k, n].</summary>
    private static void Add(float* x, Operand b, float* y, float alpha)
    {
        if (alpha == 0)
        {
            return;
        }

        var row = new Operand(x, 1, b.Rows, b.Rows, 1);
        SkinnyProduct.Add(row, b, new Operand(y, 1, b.Columns, b.Columns, 1), alpha);
    }
}
