using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

public class LowRankCodecTests
{
    /// <summary>The bytes come from a separate Python script from docs/protocol.md.</summary>
    [Theory]
    [InlineData(TensorEncoding.LowRankFloat32, "01000000803f000000c00000003f0000803e00008040")]
    [InlineData(TensorEncoding.LowRankInt8, "01000000004040810000804010087f")]
    public void Encode_RankOne_GivesTheGoldenBytes(TensorEncoding encoding, string golden)
    {
        byte[] bytes = CodecCalls.Encode(encoding, Product([2, 3], 1, [1, -2], [0.5f, 0.25f, 4]));

        Assert.Equal(golden, Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void Decode_RankOne_GivesTheProduct() => Assert.Equal(
        [0.5f, 0.25f, 4f, -1f, -0.5f, -8f],
        CodecCalls.DecodeDense(TensorEncoding.LowRankFloat32, Convert.FromHexString("01000000803f000000c00000003f0000803e00008040"), 2, 3));

    [Theory]
    [InlineData(17, 40, 5)]
    [InlineData(3, 1000, 2)]
    public void Decode_AnyRank_AddsTheProductsInOrder(int rows, int columns, int rank)
    {
        Random random = new(rank);
        float[] left = Frames.RandomFloats(random, rows * rank).Select(value => value % 8).ToArray();
        float[] right = Frames.RandomFloats(random, rank * columns).Select(value => value % 8).ToArray();

        float[] values = CodecCalls.DecodeDense(
            TensorEncoding.LowRankFloat32,
            CodecCalls.Encode(TensorEncoding.LowRankFloat32, Product([rows, 1, columns], rank, left, right)), rows, 1, columns);

        for (int i = 0; i < values.Length; i++)
        {
            float sum = 0;
            for (int r = 0; r < rank; r++)
            {
                sum += left[(i / columns * rank) + r] * right[(r * columns) + (i % columns)];
            }

            Assert.Equal(sum, values[i]);
        }
    }

    [Theory]
    [InlineData("0000", FrameProblem.BadShape)] // rank 0
    [InlineData("0300", FrameProblem.BadShape)] // above the shorter side
    [InlineData("01", FrameProblem.TooLarge)]
    [InlineData("01000000803f", FrameProblem.TooLarge)]
    [InlineData("01000000803f000000c00000003f0000803e0000804000", FrameProblem.TrailingBytes)]
    [InlineData("01000000c07f000000c00000003f0000803e00008040", FrameProblem.NotFinite)] // a factor of NaN
    [InlineData("0100ffff7f7f000000c00000003f0000803e00008040", FrameProblem.NotFinite)] // a product beyond float32
    public void Decode_ForgedPayload_NamesTheProblem(string payload, FrameProblem problem)
    {
        FrameException error = Assert.Throws<FrameException>(
            () => CodecCalls.Decode(TensorEncoding.LowRankFloat32, Convert.FromHexString(payload), 2, 3));

        Assert.Equal((problem, "w"), (error.Problem, error.Field));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(2, 0)]
    [InlineData]
    public void Decode_NoMatrix_IsRefused(params int[] shape) => Assert.Equal(
        FrameProblem.BadShape,
        Assert.Throws<FrameException>(() => CodecCalls.Decode(TensorEncoding.LowRankInt8, [1, 0, 0, 0, 0, 0, 0], shape)).Problem);

    [Fact]
    public void Encode_FactorsThatDoNotFit_IsRefused() => Assert.Equal(
        FrameProblem.BadShape,
        Assert.Throws<FrameException>(() => CodecCalls.Encode(TensorEncoding.LowRankInt8, Product([2, 3], 1, [1], [1, 2, 3]))).Problem);

    private static LowRankTensor Product(int[] shape, int rank, float[] left, float[] right) => new("w", shape, rank, left, right);
}
