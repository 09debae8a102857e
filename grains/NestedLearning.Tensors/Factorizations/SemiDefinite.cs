namespace NestedLearning.Tensors;

/// <summary>Whether a symmetric matrix is one that sums of squares can make.</summary>
public static class SemiDefinite
{
    /// <summary>What a diagonal may lack, as a part of itself: room for the rounding of float32 sums and of the check.</summary>
    public const float Tolerance = 1e-4f;

    /// <summary>
    /// Whether the matrix of <paramref name="size"/> rows, given as its lower triangle row by row, has no direction of negative
    /// energy beyond <see cref="Tolerance"/>: divided by the roots of its diagonal it has a Cholesky factor once the tolerance
    /// is added. Costs size³ / 3 multiply-adds.
    /// </summary>
    public static bool Holds(ReadOnlySpan<float> triangle, int size, int threads = 1)
    {
        float[] scales = new float[size];
        for (int row = 0; row < size; row++)
        {
            float energy = triangle[(row * (row + 1) / 2) + row];
            if (!(energy >= 0) || !float.IsFinite(energy))
            {
                return false;
            }

            scales[row] = energy > 0 ? 1 / MathF.Sqrt(energy) : 0;
        }

        return Correlations(triangle, scales) is { } matrix && HasFactor(matrix, threads);
    }

    /// <summary>The matrix with a diagonal of 1; null when a value is larger than its two diagonals allow.</summary>
    private static Matrix? Correlations(ReadOnlySpan<float> triangle, float[] scales)
    {
        Matrix matrix = new(scales.Length, scales.Length);
        for (int row = 0, start = 0; row < scales.Length; start += ++row)
        {
            ReadOnlySpan<float> values = triangle.Slice(start, row);
            Span<float> target = matrix.Row(row);
            for (int column = 0; column < row; column++)
            {
                float share = values[column] * scales[row] * scales[column];
                bool isPossible = MathF.Abs(share) <= 1 + Tolerance && (values[column] == 0 || (scales[row] > 0 && scales[column] > 0));
                if (!isPossible)
                {
                    return null;
                }

                target[column] = share;
            }

            target[row] = 1 + Tolerance;
        }

        return matrix;
    }

    private static bool HasFactor(Matrix matrix, int threads)
    {
        try
        {
            Cholesky.Factor(matrix.View, threads);
            return true;
        }
        catch (NotPositiveDefiniteException)
        {
            return false;
        }
    }
}
