using System.Diagnostics;
using NestedLearning.Tensors;

namespace NestedLearning.Cli.Benchmarks;

/// <summary>The speed of one product, and of registers alone measured right beside it.</summary>
/// <param name="Shape">Rows by inner length by columns.</param>
/// <param name="Gflops">1e9 float32 operations per second of the product; a multiply-add counts as two.</param>
/// <param name="PeakGflops">The same of fused multiply-adds in registers, times the threads.</param>
internal sealed record GemmSpeed(string Shape, double Gflops, double PeakGflops)
{
    /// <summary>The share of the peak that the product reached.</summary>
    public double ShareOfPeak => Gflops / PeakGflops;
}

/// <summary>
/// Measures <c>Gemm.Multiply</c> at square sizes and at the batches of a small network's layer. Peak and product are
/// measured in turn, and of each the best of several short runs counts, because other work on the machine only adds time.
/// </summary>
internal static class GemmBenchmark
{
    private const double RunOperations = 1.5e8;
    private const int Rounds = 12;

    /// <summary>Rows, inner length and columns of what is measured.</summary>
    public static IReadOnlyList<(int M, int K, int N)> Shapes { get; } =
        [(256, 256, 256), (512, 512, 512), (1024, 1024, 1024), (1, 512, 2048), (8, 512, 2048), (32, 512, 2048)];

    public static GemmSpeed Measure((int M, int K, int N) shape, int threads, CancellationToken cancellationToken)
    {
        (int m, int k, int n) = shape;
        Matrix a = Random(m, k);
        Matrix b = Random(k, n);
        Matrix c = new(m, n);
        double operations = 2.0 * m * k * n;
        int repeats = (int)Math.Max(1, RunOperations / operations);
        double best = 0;
        double peak = 0;
        for (int round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            peak = Math.Max(peak, FmaPeak.MeasureGflops(runs: 10));
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < repeats; i++)
            {
                Gemm.Multiply(a.View, b.View, c.View, threads: threads);
            }

            best = Math.Max(best, operations * repeats / Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        return new GemmSpeed($"{m} x {k} x {n}", best, peak * threads);
    }

    private static Matrix Random(int rows, int columns)
    {
        Random random = new(rows + columns);
        Matrix matrix = new(rows, columns);
        foreach (ref float value in matrix.Values)
        {
            value = random.NextSingle() - 0.5f;
        }

        return matrix;
    }
}
