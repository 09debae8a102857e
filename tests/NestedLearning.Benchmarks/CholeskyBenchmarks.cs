using BenchmarkDotNet.Attributes;
using NestedLearning.Tensors;

namespace NestedLearning.Benchmarks;

/// <summary>The consolidation solve: factor a positive definite matrix and solve for 150 right-hand sides.</summary>
public class CholeskyBenchmarks
{
    private const int RightHandSides = 150;

    private Matrix _a = new(0, 0);
    private Matrix _b = new(0, 0);
    private Matrix _factor = new(0, 0);

    /// <summary>Rows of the matrix.</summary>
    [Params(512, 4096)]
    public int Rows { get; set; }

    /// <summary>Threads for the solve.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Makes <c>G Gᵀ / n + I</c>.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _a = new Matrix(Rows, Rows);
        Syrk.Lower(Inputs.Random(Rows, Rows).View, _a.View, 1f / Rows);
        for (int row = 0; row < Rows; row++)
        {
            _a[row, row] += 1;
        }

        _b = Inputs.Random(Rows, RightHandSides);
        _factor = new Matrix(Rows, Rows);
    }

    /// <summary>Copies the inputs, factors and solves.</summary>
    [Benchmark]
    public void FactorAndSolve()
    {
        _a.Values.CopyTo(_factor.Values);
        Cholesky.Factor(_factor.View, Threads);
        Cholesky.Solve(_factor.View, _b.Clone().View, Threads);
    }

    /// <summary>As many multiply-adds at the measured peak of one core: the limit of one thread.</summary>
    [Benchmark(Baseline = true)]
    public float Limit() => FmaPeak.Execute(((double)Rows * Rows * Rows / 3) + (2.0 * Rows * Rows * RightHandSides));
}
