namespace NestedLearning.Tensors.Tests;

/// <summary>Seeded inputs, and the float64 oracle's view of them.</summary>
internal static class Samples
{
    /// <summary>Values in [-1, 1).</summary>
    public static float[] Values(Random random, int count)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (random.NextSingle() * 2) - 1;
        }

        return values;
    }

    /// <summary>A view whose rows are <paramref name="gap"/> elements further apart than they are long.</summary>
    public static MatrixView Strided(Random random, int rows, int columns, int gap) =>
        new(Values(random, rows * (columns + gap)), rows, columns, columns + gap);

    /// <summary>The elements of a view, or of its transpose, as a dense float64 array.</summary>
    public static double[] ToFloat64(MatrixView view, bool transpose = false)
    {
        double[] values = new double[view.Rows * view.Columns];
        for (int row = 0; row < view.Rows; row++)
        {
            for (int column = 0; column < view.Columns; column++)
            {
                int target = transpose ? (column * view.Rows) + row : (row * view.Columns) + column;
                values[target] = view.Row(row)[column];
            }
        }

        return values;
    }

    /// <summary>A well-conditioned symmetric positive definite matrix: <c>G Gᵀ / n + I</c>.</summary>
    public static double[] PositiveDefinite(Random random, int n)
    {
        double[] g = Array.ConvertAll(Values(random, n * n), value => (double)value);
        double[] transposed = new double[n * n];
        for (int i = 0; i < n * n; i++)
        {
            transposed[i] = g[(i % n * n) + (i / n)];
        }

        double[] a = Float64.Multiply(g, transposed, n, n, n);
        for (int i = 0; i < n * n; i++)
        {
            a[i] = (a[i] / Math.Max(1, n)) + (i / n == i % n ? 1 : 0);
        }

        return a;
    }

    /// <summary>Fails unless every element is within <paramref name="tolerance"/> of its expected value.</summary>
    public static void AssertClose(double[] expected, MatrixView actual, double tolerance)
    {
        double[] values = ToFloat64(actual);
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - values[i]) <= tolerance, $"element {i}: expected {expected[i]}, actual {values[i]}");
        }
    }
}
