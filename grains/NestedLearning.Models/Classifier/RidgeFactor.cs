using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>The Cholesky factor of <c>A + λI = L Lᵀ</c>, in the precision in which it was found.</summary>
internal sealed class RidgeFactor
{
    /// <summary>How many keys share one pass over the factor.</summary>
    private const int KeysAtOnce = 256;

    private readonly int _features;
    private readonly Func<Matrix, float[]> _leverages;

    /// <summary>A factor in float32, whose passes may use this many threads.</summary>
    public RidgeFactor(Matrix factor, int threads)
    {
        _features = factor.Rows;
        _leverages = keys => InFloat32(factor, keys, threads);
    }

    /// <summary>A factor in float64.</summary>
    public RidgeFactor(double[] factor, int features)
    {
        _features = features;
        _leverages = keys => InFloat64(factor, keys);
    }

    /// <summary>The leverage <c>h = kᵀ (A + λI)⁻¹ k = |L⁻¹ k|²</c> of each key: 0 to 1 for one that is in A once.</summary>
    public float[] Leverages(IReadOnlyList<SparseVector> keys)
    {
        float[] leverages = new float[keys.Count];
        for (int first = 0; first < keys.Count; first += KeysAtOnce)
        {
            Matrix columns = new(_features, Math.Min(KeysAtOnce, keys.Count - first));
            for (int column = 0; column < columns.Columns; column++)
            {
                Scatter(keys[first + column], columns, column);
            }

            _leverages(columns).CopyTo(leverages, first);
        }

        return leverages;
    }

    private static void Scatter(in SparseVector key, Matrix columns, int column)
    {
        ReadOnlySpan<ushort> indices = key.Indices.Span;
        ReadOnlySpan<float> values = key.Values.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            columns[indices[i], column] = values[i];
        }
    }

    private static float[] InFloat32(Matrix factor, Matrix keys, int threads)
    {
        Triangular.SolveLower(factor.View, keys.View, threads);
        float[] leverages = new float[keys.Columns];
        for (int row = 0; row < keys.Rows; row++)
        {
            ReadOnlySpan<float> values = keys.Row(row);
            for (int column = 0; column < values.Length; column++)
            {
                leverages[column] += values[column] * values[column];
            }
        }

        return leverages;
    }

    private static float[] InFloat64(double[] factor, Matrix keys)
    {
        double[] solution = Array.ConvertAll(keys.Values.ToArray(), value => (double)value);
        Float64.CholeskySolve(factor, solution, keys.Rows, keys.Columns);
        double[] leverages = new double[keys.Columns];
        for (int i = 0; i < solution.Length; i++)
        {
            leverages[i % keys.Columns] += keys.Values[i] * solution[i];
        }

        return Array.ConvertAll(leverages, leverage => (float)leverage);
    }
}
