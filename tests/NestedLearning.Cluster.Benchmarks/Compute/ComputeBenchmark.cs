using System.Globalization;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Torch;
using TorchSharp;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>
/// The managed backend beside TorchSharp, in turns and in one run: operations, a step of AdamW and steps of training. TorchSharp has no
/// scan of matrix memories, so there it is what <see cref="TorchBackend"/> makes of its operations; whole models are TorchSharp's alone.
/// </summary>
internal static class ComputeBenchmark
{
    private const int Width = 512;
    private const int Hidden = 2048;
    private const int Batch = 32;

    /// <summary>Measures contests whose names contain <paramref name="filter"/>, with 1 up to <paramref name="threads"/> threads.</summary>
    public static void Run(int threads, string filter)
    {
        TorchRuntime.Require();
        Console.WriteLine($"{SimdLevel.Description}; TorchSharp {TorchRuntime.Version}");
        Console.WriteLine();
        Console.WriteLine("| | threads | managed | TorchSharp | TorchSharp / managed |");
        Console.WriteLine("|---|---|---|---|---|");
        for (int count = 1; count <= threads; count++)
        {
            _ = torch.get_num_threads(); // libtorch's own start on this thread sets a count, too.
            torch.set_num_threads(count);
            Run(new ManagedBackend(count), count, filter);
        }
    }

    private static void Run(ManagedBackend backend, int threads, string filter)
    {
        List<IDisposable> operands = [];
        using Perceptron managed = new(backend, Width, Hidden, Batch);
        using TorchPerceptron peer = new(Width, Hidden, Batch);
        using MemoryScan managedScan = new(backend, 12, 4, 64, 32);
        IReadOnlyList<(string Name, SequenceSteps Steps)> sequences = SequenceSteps.Create(backend);
        operands.AddRange(sequences.Select(sequence => sequence.Steps));
        using MemoryScan peerScan = new(new TorchBackend(new TorchOptions { Threads = threads }), 12, 4, 64, 32);
        IEnumerable<Contest> contests =
        [
            .. Operations(backend, operands),
            new Contest("delta scan [12, 4, 64, 32] and its gradients", managedScan.Run, peerScan.Run),
            new Contest($"AdamW step, {Width}-{Hidden}-{Width}", managed.Step, peer.Step),
            new Contest($"training step, {Width}-{Hidden}-{Width}, batch of {Batch}", () => managed.Train(), () => peer.Train()),
            .. sequences.Select(sequence => new Contest(sequence.Name, sequence.Steps.Train, () => sequence.Steps.TrainPeer()) { Check = sequence.Steps.RequireSame }),
        ];
        foreach (Contest contest in contests.Where(contest => contest.Name.Contains(filter, StringComparison.Ordinal)))
        {
            contest.Check();
            (TimeSpan managedTime, TimeSpan torchTime) = contest.Measure();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {contest.Name} | {threads} | {managedTime.TotalMicroseconds:N0} µs | {torchTime.TotalMicroseconds:N0} µs | {torchTime / managedTime:F2} |"));
        }

        operands.ForEach(pair => pair.Dispose());
    }

    private static IEnumerable<Contest> Operations(ManagedBackend backend, List<IDisposable> operands)
    {
        foreach ((Shape x, Shape y) in new (Shape X, Shape Y)[]
        {
            ([256, 256], [256, 256]), ([512, 512], [512, 512]), ([1024, 1024], [1024, 1024]), ([Batch, Width], [Width, Hidden]),
            ([256, 32, 32], [256, 32, 32]), ([64, 64, 64], [64, 64, 64]),
        })
        {
            yield return Of(x, y).Contest($"product {x} {y}", (b, left, right) => b.MatrixMultiply(left, right, false, false), (left, right) => left.matmul(right));
        }

        yield return Of([512, 1024], [1]).Contest("softmax [512, 1024]", (b, x, _) => b.Softmax(x), (x, _) => x.softmax(-1));
        yield return Of([1024, 512], [1]).Contest(
            "layer norm [1024, 512]", (b, x, _) => b.Normalize(Normalization.Layer, x, 1e-5), (x, _) => torch.nn.functional.layer_norm(x, [512]));
        yield return Of([1024, 1024], [1]).Contest("gelu [1024, 1024]", (b, x, _) => b.Apply(UnaryOperation.Gelu, x), (x, _) => x.gelu());

        Operands Of(Shape x, Shape y)
        {
            Operands pair = Operands.Of(backend, x, y);
            operands.Add(pair);
            return pair;
        }
    }
}
