using System.Buffers;
using BenchmarkDotNet.Attributes;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Benchmarks;

/// <summary>
/// Frames of one dense tensor, written into a buffer that is there and read back, with copying its values as the limit.
/// Writing allocates the frame's plan only; tests of the tiers check the budget.
/// </summary>
[MemoryDiagnoser]
public class EncodingBenchmarks
{
    private const int Length = 1 << 20;
    private const int Kept = 64;

    private readonly ArrayBufferWriter<byte> _buffer = new(8 << 20);
    private float[] _values = [];
    private float[] _copy = [];
    private Frame _frame = new(new FrameHeader(FrameKind.Snapshot, new ModelId("m")), []);
    private AdaptivePolicy _policy = new([]);
    private byte[] _bytes = [];

    /// <summary>How the tensor is written.</summary>
    [Params(
        TensorEncoding.Float32, TensorEncoding.BFloat16, TensorEncoding.Int8, TensorEncoding.Int4,
        TensorEncoding.TopKFloat16, TensorEncoding.TopKInt8, TensorEncoding.TopKInt2)]
    public TensorEncoding Encoding { get; set; }

    /// <summary>Makes the tensor and its bytes.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _values = Inputs.Random(1, Length).Values.ToArray();
        _copy = new float[Length];
        _frame = _frame with { Tensors = [new DenseTensor("w", [Length], _values)] };
        _policy = new AdaptivePolicy([new EncodingRule(Encoding, Kept)]);
        _bytes = FrameCodec.Encode(_frame, _policy);
    }

    /// <summary>The values copied once: the limit.</summary>
    [Benchmark(Baseline = true)]
    public void Copy() => _values.CopyTo(_copy, 0);

    /// <summary>To bytes.</summary>
    [Benchmark]
    public int Encode()
    {
        _buffer.ResetWrittenCount();
        return FrameCodec.Encode(_frame, _policy, _buffer);
    }

    /// <summary>To a tensor of its own.</summary>
    [Benchmark]
    public Frame Decode() => FrameCodec.Decode(_bytes, FrameLimits.Default);
}
