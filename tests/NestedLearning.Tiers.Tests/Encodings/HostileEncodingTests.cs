using FsCheck;
using FsCheck.Fluent;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

/// <summary>Frames of encodings whose payloads stand for more than they hold, changed at will, with a checksum that fits.</summary>
public class HostileEncodingTests
{
    private const int MaxExpanded = 50_000;
    private const int Factor = 16;
    private const int Constant = 65_536;

    private static readonly FrameLimits Limits = new(maxExpandedElements: MaxExpanded);

    private static readonly TensorEncoding[] Encodings =
    [
        TensorEncoding.Int4, TensorEncoding.TopKFloat16, TensorEncoding.TopKInt8, TensorEncoding.TopKInt2,
        TensorEncoding.LowRankFloat32, TensorEncoding.LowRankInt8, TensorEncoding.LowRankInt4,
        TensorEncoding.SparseInt4, TensorEncoding.SymmetricFloat32, TensorEncoding.SymmetricInt8,
    ];

    [Fact]
    public void Decode_ForgedFrames_AreRefusedOrFiniteAndWithinTheLimits()
    {
        byte[][] originals = Array.ConvertAll(Encodings, Original);
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            byte[] original = originals[random.Next(originals.Length)];
            byte[] forged = FrameBytes.Forge(FrameBytes.Mutate(random, original, originals[random.Next(originals.Length)]));
            long before = GC.GetAllocatedBytesForCurrentThread();
            Frame? frame = null;
            FrameException? refused = FrameAssert.Refusal(() => frame = FrameCodec.Decode(forged, Limits));
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.InRange(allocated, 0, (Factor * (long)forged.Length) + (Factor * (long)MaxExpanded) + Constant);
            Assert.True(refused is { Field.Length: > 0 } || frame!.Tensors.All(IsFinite));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public void Decode_MoreExpandedElementsThanAllowedInAll_IsRefusedBeforeTheFirst()
    {
        NamedTensor[] tensors = [.. Enumerable.Range(0, 3).Select(i => new DenseTensor($"w/{i}", [20_000], new float[20_000]))];
        byte[] bytes = FrameCodec.Encode(Frames.With(tensors), new AdaptivePolicy([new EncodingRule(TensorEncoding.TopKInt8, 1)]));

        long before = GC.GetAllocatedBytesForCurrentThread();
        FrameException error = Assert.Throws<FrameException>(() => FrameCodec.Decode(bytes, Limits));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal((FrameProblem.TooLarge, "w/2"), (error.Problem, error.Field));
        Assert.InRange(allocated, 0, Constant);
    }

    private static byte[] Original(TensorEncoding encoding)
    {
        float[] values = Frames.RandomFloats(new Random((int)encoding), 8000);
        NamedTensor tensor = encoding switch
        {
            >= TensorEncoding.LowRankFloat32 and <= TensorEncoding.LowRankInt4 =>
                new LowRankTensor("w", [30, 40], 3, values.AsMemory(0, 90), values.AsMemory(0, 120)),
            TensorEncoding.SparseInt4 => new SparseTensor("w", Frames.RandomRows(new Random(1), 20, 4096, 60)),
            TensorEncoding.SymmetricFloat32 or TensorEncoding.SymmetricInt8 =>
                new SymmetricTensor("w", 30, Array.ConvertAll(values[..465], MathF.Abs)),
            _ => new DenseTensor("w", [80, 100], values),
        };
        return FrameCodec.Encode(Frames.With(tensor, new IntegerTensor("n", new long[] { 1, 2 })), new Always(encoding));
    }

    private static bool IsFinite(NamedTensor tensor) => tensor switch
    {
        DenseTensor dense => Vectors.AllFinite(dense.Values.Span),
        SparseTensor sparse => Vectors.AllFinite(sparse.Rows.Values),
        SymmetricTensor symmetric => Vectors.AllFinite(symmetric.Triangle.Span),
        _ => true,
    };

    private sealed record Always(TensorEncoding Encoding) : IEncodingPolicy
    {
        public EncodingChoice Choose(NamedTensor tensor) =>
            tensor is IntegerTensor ? TensorEncoding.Integers : new EncodingChoice(Encoding, 64);
    }
}
