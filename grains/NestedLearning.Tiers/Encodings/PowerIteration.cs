using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// The best directions of a matrix by one step of power iteration from those of the last one (PowerSGD, arXiv
/// 1905.13727, Algorithm 1 with warm start): <c>P = orthonormal(M Q)</c>, <c>Q = Mᵀ P</c>, and <c>P Qᵀ</c> stands for M.
/// </summary>
internal static class PowerIteration
{
    /// <summary>Directions to start from, [rank, columns]: the same for everyone.</summary>
    public static float[] Start(int rank, int columns)
    {
        Random random = new(rank);
        float[] directions = new float[rank * columns];
        for (int i = 0; i < directions.Length; i++)
        {
            directions[i] = (2 * random.NextSingle()) - 1;
        }

        return directions;
    }

    /// <summary>
    /// Factors a matrix [rows, columns]. <paramref name="directions"/>, Qᵀ of [rank, columns], is what the next step
    /// starts from afterwards.
    /// </summary>
    /// <returns>P, [rows, rank].</returns>
    public static float[] Step(float[] matrix, int rows, int columns, float[] directions)
    {
        int rank = directions.Length / columns;
        ReplaceLost(directions, columns, rank);
        MatrixView m = new(matrix, rows, columns, columns);
        MatrixView q = new(directions, rank, columns, columns);
        float[] left = new float[rank * rows];
        Gemm.Multiply(q, m, new MatrixView(left, rank, rows, rows), transposeB: true);
        Orthonormalise(left, rank, rows);
        Gemm.Multiply(new MatrixView(left, rank, rows, rows), m, q);
        return Transposed(left, rank, rows);
    }

    /// <summary>A direction in which the last matrix had nothing would stay zero for ever; it starts afresh.</summary>
    private static void ReplaceLost(float[] directions, int columns, int rank)
    {
        for (int i = 0; i < rank; i++)
        {
            Span<float> direction = directions.AsSpan(i * columns, columns);
            if (!direction.ContainsAnyExcept(0f))
            {
                Start(rank, columns).AsSpan(i * columns, columns).CopyTo(direction);
            }
        }
    }

    /// <summary>Gram-Schmidt over the rows, twice each for float32's sake; a row that depends on those before it becomes zero.</summary>
    private static void Orthonormalise(float[] rows, int count, int length)
    {
        for (int i = 0; i < count; i++)
        {
            Span<float> row = rows.AsSpan(i * length, length);
            float before = MathF.Sqrt(Vectors.SumOfSquares(row));
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    ReadOnlySpan<float> other = rows.AsSpan(j * length, length);
                    Vectors.Axpy(-Vectors.Dot(row, other), other, row);
                }
            }

            float norm = MathF.Sqrt(Vectors.SumOfSquares(row));
            Vectors.Scale(norm > before * 1e-6f && float.IsFinite(norm) ? 1 / norm : 0, row);
        }
    }

    private static float[] Transposed(float[] values, int rows, int columns)
    {
        float[] result = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            result[(i % columns * rows) + (i / columns)] = values[i];
        }

        return result;
    }
}
