namespace NestedLearning.Tensors;

/// <summary>Solves with a lower triangular matrix and many right-hand sides, in place.</summary>
public static unsafe class Triangular
{
    /// <summary>
    /// <paramref name="b"/> [n, m] becomes <c>L⁻¹ b</c>; of <paramref name="l"/> [n, n] only the lower triangle is read.
    /// The result is the same for every number of threads.
    /// </summary>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static void SolveLower(MatrixView l, MatrixView b, int threads = 1) => Solve(l, b, transposed: false, threads);

    /// <summary>
    /// <paramref name="b"/> [n, m] becomes <c>L⁻ᵀ b</c>; of <paramref name="l"/> [n, n] only the lower triangle is read.
    /// The result is the same for every number of threads.
    /// </summary>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static void SolveLowerTransposed(MatrixView l, MatrixView b, int threads = 1) =>
        Solve(l, b, transposed: true, threads);

    private static void Solve(MatrixView l, MatrixView b, bool transposed, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ShapeGuard.RequireSquare(nameof(Triangular), nameof(l), l);
        ShapeGuard.RequireShape(nameof(Triangular), nameof(b), b, l.Rows, b.Columns);
        fixed (float* pl = l.Values, pb = b.Values)
        {
            TriangularSolver.Solve(Operand.Of(pl, l), Operand.Of(pb, b), transposed, threads);
        }
    }
}
