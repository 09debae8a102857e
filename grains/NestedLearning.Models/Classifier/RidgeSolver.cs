using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Solves <c>(A + λI) W = Bᵀ</c> by Cholesky in float32, which agrees with float64 to 1e-5 for λ from 0.01 at 15,000
/// events, and again in float64 where float32 finds no factor.
/// </summary>
internal sealed class RidgeSolver(int features, int threads)
{
    private Matrix? _workspace;

    /// <summary>The factor of what was solved last, until the next <see cref="Solve"/>; null where there is none.</summary>
    public RidgeFactor? Factor { get; private set; }

    /// <summary>
    /// Solves for the first <paramref name="classes"/> columns. <paramref name="gram"/> is the lower triangle of A, row by
    /// row; <paramref name="cross"/> is Bᵀ, [features, classes] with <paramref name="stride"/> values from row to row;
    /// <paramref name="ridge"/> is λ.
    /// </summary>
    /// <returns>W, [features, classes].</returns>
    /// <exception cref="NotPositiveDefiniteException">A + λI has no Cholesky factor even in float64.</exception>
    public float[] Solve(ReadOnlySpan<double> gram, ReadOnlySpan<double> cross, int stride, int classes, float ridge)
    {
        Factor = null;
        float[] values = new float[features * classes];
        if (classes == 0)
        {
            return values;
        }

        for (int i = 0; i < features; i++)
        {
            for (int c = 0; c < classes; c++)
            {
                values[(i * classes) + c] = (float)cross[(i * stride) + c];
            }
        }

        if (!TrySolveInFloat32(gram, ridge, new Matrix(features, classes, values)))
        {
            SolveInFloat64(gram, cross, stride, ridge, values);
        }

        return values;
    }

    private bool TrySolveInFloat32(ReadOnlySpan<double> gram, float ridge, Matrix weights)
    {
        try
        {
            Matrix factor = Regularised(gram, ridge);
            Cholesky.Factor(factor.View, threads);
            Cholesky.Solve(factor.View, weights.View, threads);
            Factor = new RidgeFactor(factor, threads);
            return Vectors.AllFinite(weights.Values);
        }
        catch (NotPositiveDefiniteException)
        {
            return false;
        }
    }

    private Matrix Regularised(ReadOnlySpan<double> gram, float ridge)
    {
        _workspace ??= new Matrix(features, features);
        int start = 0;
        for (int i = 0; i < features; i++)
        {
            Span<float> row = _workspace.Row(i);
            ReadOnlySpan<double> source = gram.Slice(start, i + 1);
            for (int j = 0; j <= i; j++)
            {
                row[j] = (float)source[j];
            }

            row[i] = (float)(source[i] + ridge);
            start += i + 1;
        }

        return _workspace;
    }

    private void SolveInFloat64(ReadOnlySpan<double> gram, ReadOnlySpan<double> cross, int stride, float ridge, float[] weights)
    {
        int classes = weights.Length / features;
        double[] matrix = new double[features * features];
        double[] solution = new double[features * classes];
        int start = 0;
        for (int i = 0; i < features; i++)
        {
            gram.Slice(start, i + 1).CopyTo(matrix.AsSpan(i * features));
            matrix[(i * features) + i] += ridge;
            cross.Slice(i * stride, classes).CopyTo(solution.AsSpan(i * classes));
            start += i + 1;
        }

        Float64.CholeskyFactor(matrix, features);
        Float64.CholeskySolve(matrix, solution, features, classes);
        for (int i = 0; i < solution.Length; i++)
        {
            weights[i] = (float)solution[i];
        }

        Factor = new RidgeFactor(matrix, features);
    }
}
