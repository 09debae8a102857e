namespace NestedLearning.Tensors;

/// <summary>The factorization <c>A = L Lᵀ</c> of a symmetric positive definite matrix, in float32.</summary>
public static unsafe class Cholesky
{
    /// <summary>At most this many rows are factored without splitting.</summary>
    private const int BlockRows = 32;

    /// <summary>
    /// Replaces the lower triangle of <paramref name="a"/> [n, n] by L. Only that triangle is read and written. The result
    /// is the same for every number of threads.
    /// </summary>
    /// <exception cref="NotPositiveDefiniteException">A pivot is not a positive finite number; a is then partly overwritten.</exception>
    /// <exception cref="ShapeException"><paramref name="a"/> is not square.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static void Factor(MatrixView a, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ShapeGuard.RequireSquare(nameof(Cholesky), nameof(a), a);
        fixed (float* values = a.Values)
        {
            Factor(Operand.Of(values, a), 0, threads);
        }
    }

    /// <summary>
    /// Solves <c>L Lᵀ X = B</c> in place: <paramref name="factor"/> [n, n] is what <see cref="Factor(MatrixView, int)"/>
    /// left, <paramref name="rightHandSides"/> [n, m] holds B and then X.
    /// </summary>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static void Solve(MatrixView factor, MatrixView rightHandSides, int threads = 1)
    {
        Triangular.SolveLower(factor, rightHandSides, threads);
        Triangular.SolveLowerTransposed(factor, rightHandSides, threads);
    }

    /// <summary>
    /// Halves the matrix: factors the first diagonal block, solves for the block below it, subtracts that block's product
    /// with itself, and factors what remains.
    /// </summary>
    private static void Factor(Operand a, int firstIndex, int threads)
    {
        if (a.Rows <= BlockRows)
        {
            // Rows that lie a power of two apart push each other out of the cache, so the block is factored in a copy.
            float* values = stackalloc float[BlockRows * BlockRows];
            var block = new Operand(values, a.Rows, a.Rows, BlockRows, 1);
            CopyLower(a, block);
            FactorBlock(block, firstIndex);
            CopyLower(block, a);
            return;
        }

        int head = TriangularSolver.Split(a.Rows, BlockRows);
        int tail = a.Rows - head;
        Operand top = a.Slice(0, 0, head, head);
        Operand below = a.Slice(head, 0, tail, head);
        Operand rest = a.Slice(head, head, tail, tail);
        Factor(top, firstIndex, threads);
        TriangularSolver.Solve(top, below.Transposed, transposed: false, threads);
        PackedProduct.Run(new ProductJob(below, below.Transposed, rest, -1, 1, lowerOnly: true), threads);
        Factor(rest, firstIndex + head, threads);
    }

    private static void CopyLower(Operand source, Operand target)
    {
        for (int row = 0; row < source.Rows; row++)
        {
            new ReadOnlySpan<float>(source.At(row, 0), row + 1).CopyTo(new Span<float>(target.At(row, 0), row + 1));
        }
    }

    private static void FactorBlock(Operand a, int firstIndex)
    {
        for (int row = 0; row < a.Rows; row++)
        {
            var values = new Span<float>(a.At(row, 0), row + 1);
            for (int column = 0; column < row; column++)
            {
                var earlier = new ReadOnlySpan<float>(a.At(column, 0), column + 1);
                values[column] = (values[column] - Vectors.Dot(values[..column], earlier[..column])) / earlier[column];
            }

            float pivot = values[row] - Vectors.SumOfSquares(values[..row]);
            if (!(pivot > 0) || !float.IsFinite(pivot))
            {
                throw new NotPositiveDefiniteException(firstIndex + row, pivot);
            }

            values[row] = MathF.Sqrt(pivot);
        }
    }
}
