using System.Diagnostics;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Cli.Benchmarks;

/// <summary>Trains without pause: a network by AdamW, and the scan of matrix memories with its gradients.</summary>
internal static class Soak
{
    private const int Samples = 10;

    /// <summary>Takes ten samples over <paramref name="duration"/>, and tells <paramref name="sampled"/> of each.</summary>
    public static SoakReport Run(TimeSpan duration, int threads, Action<SoakSample> sampled, CancellationToken cancellationToken)
    {
        ManagedBackend backend = new(threads);
        using Perceptron network = new(backend, width: 512, hidden: 2048, batch: 32);
        using MemoryScan scan = new(backend, sequences: 12, heads: 4, time: 64, size: 32);
        List<SoakSample> samples = [];
        long start = Stopwatch.GetTimestamp();
        for (long steps = 1; samples.Count < Samples; steps++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float loss = network.Train();
            scan.Run();
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed >= duration * (samples.Count + 1) / Samples)
            {
                SoakSample sample = new(elapsed.TotalSeconds, steps, Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: true), loss);
                samples.Add(sample);
                sampled(sample);
            }
        }

        return new SoakReport(samples);
    }
}
