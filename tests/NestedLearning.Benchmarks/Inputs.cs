using NestedLearning.Tensors;

namespace NestedLearning.Benchmarks;

/// <summary>Seeded inputs.</summary>
internal static class Inputs
{
    /// <summary>Values in [-1, 1), of shape [rows, columns].</summary>
    public static Matrix Random(int rows, int columns)
    {
        var random = new Random(rows);
        var matrix = new Matrix(rows, columns);
        foreach (ref float value in matrix.Values)
        {
            value = (random.NextSingle() * 2) - 1;
        }

        return matrix;
    }
}
