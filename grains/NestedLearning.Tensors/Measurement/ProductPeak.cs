using System.Diagnostics;

namespace NestedLearning.Tensors;

/// <summary>How fast a backend multiplies large matrices, the one thing that most of a model's time goes into.</summary>
public static class ProductPeak
{
    private const int Repeats = 4;

    /// <summary>
    /// The best of <paramref name="runs"/> runs of a few products of square matrices, in 1e9 float32 operations per second; a
    /// multiply-add counts as two. Larger matrices come nearer to a GPU's limit; the default suits a processor.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> or <paramref name="runs"/> is below 1.</exception>
    public static double MeasureGflops(ITensorBackend backend, int size = 512, int runs = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        using Tensor x = backend.Uniform([size, size], 1);
        using Tensor y = backend.Uniform([size, size], 2);
        double best = 0;

        // The first run is not counted: it finds threads asleep and memory untouched.
        for (int run = 0; run <= runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            Multiply(backend, x, y);
            double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            best = run == 0 ? 0 : Math.Max(best, Repeats * 2.0 * size * size * size / nanoseconds);
        }

        return best;
    }

    /// <summary>Devices compute behind the caller's back; reading a number waits for them.</summary>
    private static void Multiply(ITensorBackend backend, Tensor x, Tensor y)
    {
        Span<float> number = stackalloc float[1];
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            using Tensor product = backend.MatrixMultiply(x, y, transposeX: false, transposeY: false);
            if (repeat == Repeats - 1)
            {
                using Tensor corner = backend.Slice(product, 0, 0, 1);
                using Tensor element = backend.Slice(corner, 1, 0, 1);
                backend.Read(element, number);
            }
        }
    }
}
