using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NestedLearning.Tensors;

/// <summary>The limit that products are compared with: fused multiply-adds in registers, on one core.</summary>
public static class FmaPeak
{
    private const int Chains = 12;
    private const double RunOperations = 4e7;

    private static bool IsWide => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    private static double OperationsPerStep => 2.0 * Chains * (IsWide ? Vector512<float>.Count : Vector256<float>.Count);

    /// <summary>
    /// The best of <paramref name="runs"/> runs of under a millisecond each, in 1e9 float32 operations per second; a
    /// multiply-add counts as two.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="runs"/> is below 1.</exception>
    public static double MeasureGflops(int runs = 50)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        double best = 0;
        for (int run = 0; run < runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            Execute(RunOperations);
            best = Math.Max(best, RunOperations / Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        return best;
    }

    /// <summary>Spends this number of operations in registers; returns a value only to keep them from being removed.</summary>
    public static float Execute(double operations)
    {
        long steps = (long)(operations / OperationsPerStep);
        return IsWide ? Chains512(steps) : Chains256(steps);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Chains256(long steps)
    {
        var factor = Vector256.Create(0.999f);
        var step = Vector256.Create(0.001f);
        Vector256<float> c0 = step, c1 = step, c2 = step, c3 = step, c4 = step, c5 = step;
        Vector256<float> c6 = step, c7 = step, c8 = step, c9 = step, c10 = step, c11 = step;
        for (long i = 0; i < steps; i++)
        {
            c0 = Vector256.MultiplyAddEstimate(c0, factor, step);
            c1 = Vector256.MultiplyAddEstimate(c1, factor, step);
            c2 = Vector256.MultiplyAddEstimate(c2, factor, step);
            c3 = Vector256.MultiplyAddEstimate(c3, factor, step);
            c4 = Vector256.MultiplyAddEstimate(c4, factor, step);
            c5 = Vector256.MultiplyAddEstimate(c5, factor, step);
            c6 = Vector256.MultiplyAddEstimate(c6, factor, step);
            c7 = Vector256.MultiplyAddEstimate(c7, factor, step);
            c8 = Vector256.MultiplyAddEstimate(c8, factor, step);
            c9 = Vector256.MultiplyAddEstimate(c9, factor, step);
            c10 = Vector256.MultiplyAddEstimate(c10, factor, step);
            c11 = Vector256.MultiplyAddEstimate(c11, factor, step);
        }

        return Vector256.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Chains512(long steps)
    {
        var factor = Vector512.Create(0.999f);
        var step = Vector512.Create(0.001f);
        Vector512<float> c0 = step, c1 = step, c2 = step, c3 = step, c4 = step, c5 = step;
        Vector512<float> c6 = step, c7 = step, c8 = step, c9 = step, c10 = step, c11 = step;
        for (long i = 0; i < steps; i++)
        {
            c0 = Vector512.MultiplyAddEstimate(c0, factor, step);
            c1 = Vector512.MultiplyAddEstimate(c1, factor, step);
            c2 = Vector512.MultiplyAddEstimate(c2, factor, step);
            c3 = Vector512.MultiplyAddEstimate(c3, factor, step);
            c4 = Vector512.MultiplyAddEstimate(c4, factor, step);
            c5 = Vector512.MultiplyAddEstimate(c5, factor, step);
            c6 = Vector512.MultiplyAddEstimate(c6, factor, step);
            c7 = Vector512.MultiplyAddEstimate(c7, factor, step);
            c8 = Vector512.MultiplyAddEstimate(c8, factor, step);
            c9 = Vector512.MultiplyAddEstimate(c9, factor, step);
            c10 = Vector512.MultiplyAddEstimate(c10, factor, step);
            c11 = Vector512.MultiplyAddEstimate(c11, factor, step);
        }

        return Vector512.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11);
    }
}
