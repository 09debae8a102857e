namespace NestedLearning.Tensors;

/// <content>The solve with a Cholesky factor.</content>
public static partial class Float64
{
    /// <summary>
    /// Solves <c>L Lᵀ X = B</c> in place: <paramref name="factor"/> [n, n] is what <see cref="CholeskyFactor"/> left,
    /// <paramref name="b"/> [n, m] holds B and then X.
    /// </summary>
    /// <exception cref="ShapeException">An array's length is not that of its shape.</exception>
    public static void CholeskySolve(double[] factor, double[] b, int n, int m)
    {
        ShapeGuard.RequireLength(nameof(CholeskySolve), nameof(factor), factor.Length, checked(n * n));
        ShapeGuard.RequireLength(nameof(CholeskySolve), nameof(b), b.Length, checked(n * m));
        for (int row = 0; row < n; row++)
        {
            Span<double> target = b.AsSpan(row * m, m);
            for (int p = 0; p < row; p++)
            {
                Subtract(factor[(row * n) + p], b.AsSpan(p * m, m), target);
            }

            Divide(target, factor[(row * n) + row]);
        }

        for (int row = n - 1; row >= 0; row--)
        {
            Span<double> solved = b.AsSpan(row * m, m);
            Divide(solved, factor[(row * n) + row]);
            for (int p = 0; p < row; p++)
            {
                Subtract(factor[(row * n) + p], solved, b.AsSpan(p * m, m));
            }
        }
    }
}
