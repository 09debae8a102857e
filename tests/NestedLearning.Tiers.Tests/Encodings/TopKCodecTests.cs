using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

public class TopKCodecTests
{
    private static readonly TensorEncoding[] Encodings = [TensorEncoding.TopKFloat16, TensorEncoding.TopKInt8, TensorEncoding.TopKInt2];

    private static readonly Arbitrary<(int Seed, int Count, int Kept)> Cases =
        (from seed in Gen.Choose(0, int.MaxValue)
         from count in Gen.OneOf(Gen.Choose(0, 70), Gen.Choose(4000, 9000))
         from kept in Gen.OneOf(Gen.Choose(1, 200), Gen.Choose(1, 4096))
         select (seed, count, kept)).ToArbitrary();

    /// <summary>20 values of which 819/4096 are four; the bytes come from a separate Python script from docs/protocol.md.</summary>
    [Theory]
    [InlineData(TensorEncoding.TopKFloat16, "3303cf9500000040003c00b4003a00b8")]
    [InlineData(TensorEncoding.TopKInt8, "3303cf95000000407fe05fc0")]
    [InlineData(TensorEncoding.TopKInt2, "3303cf950000403f0000e03f66")]
    public void Encode_FourOfTwenty_GivesTheGoldenBytes(TensorEncoding encoding, string golden)
    {
        float[] values = new float[20];
        (values[0], values[3], values[7], values[8], values[11], values[19]) = (0.25f, 2, -0.5f, 1.5f, 0.5f, -1);

        byte[] bytes = CodecCalls.Encode(new EncodingChoice(encoding, 819), Dense(values));

        Assert.Equal(golden, Convert.ToHexStringLower(bytes));
    }

    [Theory]
    [InlineData(TensorEncoding.TopKFloat16, 248, "47279d3bf67c508057f549752be6c0a130eea27045d9438345bff66f5c9b0b72")]
    [InlineData(TensorEncoding.TopKInt8, 169, "28b6d11888bcede4d1d09950124d0c85d8c7d0f8b7df4b7a98afe1837e5786ad")]
    [InlineData(TensorEncoding.TopKInt2, 118, "452296ffff57c4e98333ff59e3aec70a8508008e36ce9903835dfe5067c59170")]
    public void Encode_TwoBlocks_GivesTheGoldenDigest(TensorEncoding encoding, int length, string digest)
    {
        float[] values = [.. Enumerable.Range(0, 5000).Select(i => (float)((i * 2654435761L % 1_000_003 / 1_000_003.0) - 0.5))];

        byte[] bytes = CodecCalls.Encode(new EncodingChoice(encoding, 64), Dense(values));

        Assert.Equal(length, bytes.Length);
        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public void Decode_AnyBlock_KeepsTheLargestAndZeroesTheRest() => Prop.ForAll(Cases, sample =>
    {
        float[] values = Values(sample.Seed, sample.Count);
        byte[] bytes = CodecCalls.Encode(new EncodingChoice(TensorEncoding.TopKInt8, sample.Kept), Dense(values));
        float[] back = CodecCalls.DecodeDense(TensorEncoding.TopKInt8, bytes, values.Length);
        for (int start = 0; start < values.Length; start += TopKCodec.BlockLength)
        {
            float[] block = values[start..Math.Min(values.Length, start + TopKCodec.BlockLength)];
            int kept = ((block.Length * sample.Kept) + 4095) / 4096;
            HashSet<int> largest = [.. Enumerable.Range(0, block.Length).OrderByDescending(i => Math.Abs(block[i])).Take(kept)];
            float peak = block.Max(Math.Abs);
            for (int i = 0; i < block.Length; i++)
            {
                float expected = largest.Contains(i) ? block[i] : 0;
                Assert.InRange(Math.Abs((double)expected - back[start + i]), 0, (peak / 253.0) + float.Epsilon);
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decode_EveryValueEncoding_StaysWithinItsBound() => Prop.ForAll(Cases, sample =>
    {
        float[] values = Values(sample.Seed, sample.Count);
        float peak = values.Select(Math.Abs).DefaultIfEmpty().Max();
        foreach (TensorEncoding encoding in Encodings)
        {
            EncodingChoice choice = new(encoding, sample.Kept);
            float[] back = CodecCalls.DecodeDense(encoding, CodecCalls.Encode(choice, Dense(values)), values.Length);
            ErrorBound bound = TensorCodecs.For(choice, "w").Error;
            Assert.All(values.Zip(back), pair => Assert.InRange(
                Math.Abs((double)pair.First - pair.Second), 0, bound.For(pair.First, peak)));
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0000", FrameProblem.BadValue)] // keeps none
    [InlineData("0110", FrameProblem.BadValue)] // keeps 4,097
    [InlineData("33", FrameProblem.TooLarge)]
    [InlineData("3303cf95000000407fe05f", FrameProblem.TooLarge)] // a byte too few
    [InlineData("3303cf95000000407fe05fc000", FrameProblem.TrailingBytes)] // a byte too many
    [InlineData("3303cf9d000000407fe05fc0", FrameProblem.BadValue)] // a fifth position
    [InlineData("3303cf15000000407fe05fc0", FrameProblem.BadValue)] // only three
    [InlineData("3303df95000000407fe05fc0", null)] // another low bit
    [InlineData("3303cf93000000407fe05fc0", FrameProblem.BadValue)] // the second position is the first
    [InlineData("3303cf95000000c07fe05fc0", FrameProblem.BadValue)] // a negative peak
    public void Decode_ForgedPayload_NamesTheProblem(string payload, FrameProblem? problem)
    {
        FrameException? error = FrameAssert.Refusal(
            () => CodecCalls.Decode(TensorEncoding.TopKInt8, Convert.FromHexString(payload), 20));

        Assert.Equal(problem, error?.Problem);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4097)]
    public void Encode_KeepingTooFewOrTooMany_IsRefused(int kept) => Assert.Equal(
        FrameProblem.BadValue,
        Assert.Throws<FrameException>(() => CodecCalls.Encode(new EncodingChoice(TensorEncoding.TopKInt8, kept), Dense([1]))).Problem);

    private static DenseTensor Dense(float[] values) => new("w", [values.Length], values);

    /// <summary>Values with many of equal magnitude among them.</summary>
    private static float[] Values(int seed, int count)
    {
        Random random = new(seed);
        float[] values = Frames.RandomFloats(random, count);
        for (int i = 0; i < count && seed % 2 == 0; i++)
        {
            values[i] = random.Next(-3, 4);
        }

        return values;
    }
}
