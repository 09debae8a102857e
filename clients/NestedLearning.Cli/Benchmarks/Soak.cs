using System.Diagnostics;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Cli.Benchmarks;

/// <summary>Trains without pause: a network by AdamW and the scan of matrix memories with its gradients, or Hope.</summary>
internal static class Soak
{
    private const int Samples = 10;

    /// <summary>Takes ten samples over <paramref name="duration"/>, and tells <paramref name="sampled"/> of each.</summary>
    public static SoakReport Run(TimeSpan duration, int threads, Action<SoakSample> sampled, CancellationToken cancellationToken)
    {
        ManagedBackend backend = new(threads);
        using Perceptron network = new(backend, width: 512, hidden: 2048, batch: 32);
        using MemoryScan scan = new(backend, sequences: 12, heads: 4, time: 64, size: 32);
        return Run(duration, Train, sampled, cancellationToken);

        float Train()
        {
            scan.Run();
            return network.Train();
        }
    }

    /// <summary>The same with Hope of 784,128 parameters, on windows of a text that can be learned.</summary>
    public static SoakReport RunHope(TimeSpan duration, int threads, Action<SoakSample> sampled, CancellationToken cancellationToken)
    {
        const int vocabulary = 65;
        int[] text = [.. Enumerable.Range(0, 100_000).Select(i => (int)((long)i * i % vocabulary))];
        using SequenceModel model = new(new ManagedBackend(threads), new SequenceSettings(vocabulary));
        using SequenceTrainer trainer = new(model, new SequenceTrainingSettings { Steps = 1_000_000_000 }, text);
        return Run(duration, () => (float)trainer.Step(), sampled, cancellationToken);
    }

    private static SoakReport Run(TimeSpan duration, Func<float> train, Action<SoakSample> sampled, CancellationToken cancellationToken)
    {
        List<SoakSample> samples = [];
        long start = Stopwatch.GetTimestamp();
        for (long steps = 1; samples.Count < Samples; steps++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float loss = train();
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
