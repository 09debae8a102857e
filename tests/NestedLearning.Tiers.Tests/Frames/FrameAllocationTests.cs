using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

/// <summary>
/// A frame makes its reader allocate only a small multiple of its own length, whatever it claims. The constant covers
/// the frame's own objects and an exception.
/// </summary>
public class FrameAllocationTests
{
    private const int Factor = 16;
    private const int Constant = 16_384;

    [Fact]
    public void Decode_TextsOfOneCharacter_StaysWithinTheFactor()
    {
        // 2 bytes become a string of 24 and a reference of 8, which is the worst there is.
        string[] texts = [.. Enumerable.Range(0, 50_000).Select(i => ((char)('a' + (i % 26))).ToString())];

        AssertWithinFactor(FrameCodec.Encode(Frames.With(new TextTensor("t", texts)), EncodingPolicy.Lossless));
    }

    [Fact]
    public void Decode_ManyEmptyTensors_StaysWithinTheFactor()
    {
        NamedTensor[] tensors = [.. Enumerable.Range(0, 1000).Select(Empty)];

        AssertWithinFactor(FrameCodec.Encode(Frames.With(tensors), EncodingPolicy.Lossless));

        static NamedTensor Empty(int i) => (i % 3) switch
        {
            0 => new DenseTensor($"{i}", [0], ReadOnlyMemory<float>.Empty),
            1 => new SparseTensor($"{i}", new SparseRows(0, [0], [], [])),
            _ => new IntegerTensor($"{i}", ReadOnlyMemory<long>.Empty),
        };
    }

    [Fact]
    public void Decode_ManyEmptyRows_StaysWithinTheFactor()
    {
        SparseRows rows = new(4096, new int[50_001], [], []);

        AssertWithinFactor(FrameCodec.Encode(Frames.With(new SparseTensor("s", rows)), EncodingPolicy.Lossless));
    }

    [Fact]
    public void Decode_ForgedFrames_StaysWithinTheFactor()
    {
        Random random = new(13);
        byte[][] originals = FrameMutationTests.Originals(random);
        for (int i = 0; i < 5_000; i++)
        {
            byte[] original = originals[random.Next(originals.Length)];
            AssertWithinFactor(FrameBytes.Forge(FrameBytes.Mutate(random, original, originals[random.Next(originals.Length)])));
        }
    }

    private static void AssertWithinFactor(byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        FrameAssert.Refusal(() => FrameCodec.Decode(bytes, FrameLimits.Default));

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated, 0, (Factor * (long)bytes.Length) + Constant);
    }
}
