using System.Buffers;
using System.Diagnostics;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Benchmarks;

/// <summary>The speed of one encoding of dense values, in 1e9 bytes of float32 a second, and of copying them right beside it.</summary>
/// <param name="Encoding">The encoding.</param>
/// <param name="Kept">What a selective one keeps of 4,096 values; 0 for others.</param>
/// <param name="SizeShare">The bytes of the frame as a share of the values' own.</param>
/// <param name="Encode">Writing a frame into a buffer that is there.</param>
/// <param name="Decode">Reading it into a tensor of its own.</param>
/// <param name="Copy">Copying the values.</param>
/// <param name="AllocatedBytes">What writing one frame allocates.</param>
internal sealed record EncodingSpeed(
    TensorEncoding Encoding, int Kept, double SizeShare, double Encode, double Decode, double Copy, long AllocatedBytes);

/// <summary>
/// Measures whole frames, checksum included, on one thread. Copy, writing and reading are measured in turn, and of each
/// the best of several runs counts, because other work on the machine only adds time.
/// </summary>
internal static class EncodingBenchmark
{
    private const int Length = 1 << 20;
    private const int Rounds = 60;
    private const double InputBytes = sizeof(float) * (double)Length;

    /// <summary>What is measured, with what is kept of each 4,096 values.</summary>
    public static IReadOnlyList<(TensorEncoding Encoding, int Kept)> Encodings { get; } =
    [
        (TensorEncoding.Float32, 0),
        (TensorEncoding.BFloat16, 0),
        (TensorEncoding.Int8, 0),
        (TensorEncoding.Int4, 0),
        (TensorEncoding.TopKFloat16, 64),
        (TensorEncoding.TopKInt8, 64),
        (TensorEncoding.TopKInt2, 64),
    ];

    public static EncodingSpeed Measure(TensorEncoding encoding, int kept, CancellationToken cancellationToken)
    {
        float[] values = Values();
        float[] copy = new float[Length];
        Frame frame = new(new FrameHeader(FrameKind.Snapshot, new ModelId("bench")), [new DenseTensor("values", [Length], values)]);
        AdaptivePolicy policy = new([new EncodingRule(encoding, kept)]);
        byte[] bytes = FrameCodec.Encode(frame, policy);
        ArrayBufferWriter<byte> buffer = new(bytes.Length);
        double copied = 0, written = 0, read = 0;
        for (int round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            copied = Math.Max(copied, Speed(() => values.CopyTo(copy, 0)));
            written = Math.Max(written, Speed(() => Write(frame, policy, buffer)));
            read = Math.Max(read, Speed(() => FrameCodec.Decode(bytes, FrameLimits.Default)));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Write(frame, policy, buffer);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return new EncodingSpeed(encoding, kept, bytes.Length / InputBytes, written, read, copied, allocated);
    }

    private static double Speed(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return InputBytes / Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    private static void Write(Frame frame, AdaptivePolicy policy, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        FrameCodec.Encode(frame, policy, buffer);
    }

    /// <summary>Values as gradients have them: most are small, a few large.</summary>
    private static float[] Values()
    {
        Random random = new(1);
        float[] values = new float[Length];
        foreach (ref float value in values.AsSpan())
        {
            value = MathF.Pow((2 * random.NextSingle()) - 1, 5);
        }

        return values;
    }
}
