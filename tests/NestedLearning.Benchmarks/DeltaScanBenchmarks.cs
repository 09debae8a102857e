using BenchmarkDotNet.Attributes;
using NestedLearning.Tensors;

namespace NestedLearning.Benchmarks;

/// <summary>Four heads of memories of 32 x 32 over eight streams, in chunks of 16 tokens, on one thread.</summary>
[MemoryDiagnoser]
public class DeltaScanBenchmarks
{
    private const int Memories = 32;
    private const int Size = 32;
    private const int ChunkLength = 16;
    private readonly ManagedBackend _backend = new();
    private DeltaOperands<Tensor> _operands;
    private Tensor? _gradient;

    /// <summary>The number of tokens of each stream.</summary>
    [Params(16, 64, 512)]
    public int Time { get; set; }

    /// <summary>Fills the operands.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _operands = new(
            _backend.Normal([Memories, Time, Size], 1),
            _backend.Normalize(Normalization.Unit, _backend.Normal([Memories, Time, Size], 2), 1e-12),
            _backend.Normal([Memories, Time, Size], 3),
            _backend.Uniform([Memories, Time], 4),
            _backend.Affine(_backend.Uniform([Memories, Time], 5), -0.1, 0),
            _backend.Fill([Memories, Size, Size], 0));
        _gradient = _backend.Normal([Memories, Time, Size], 6);
    }

    /// <summary>The scan, keeping nothing for gradients.</summary>
    [Benchmark]
    public void Scan() => Release(_backend.DeltaScan(_operands, ChunkLength, forGradients: false));

    /// <summary>The scan and its gradients.</summary>
    [Benchmark]
    public void ScanAndGradients()
    {
        DeltaScanResult result = _backend.DeltaScan(_operands, ChunkLength, forGradients: true);
        DeltaOperands<Tensor> gradients = _backend.DeltaScanGradients(_operands, result, _gradient, null, ChunkLength);
        Array.ForEach(gradients.ToArray(), gradient => gradient.Dispose());
        Release(result);
    }

    /// <summary>The multiply-adds of the scan alone at the measured peak of one core: the limit.</summary>
    [Benchmark(Baseline = true)]
    public float Limit() => FmaPeak.Execute(2.0 * Memories * Time * ((3 * Size * Size) + (3 * ChunkLength * Size)));

    private static void Release(DeltaScanResult result)
    {
        result.Reads.Dispose();
        result.State.Dispose();
        result.Kept?.Dispose();
    }
}
