using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

public class SymmetricCodecTests
{
    private static readonly float[] Small = [4, 0.5f, 0.25f, -3, 0.75f, 9];

    /// <summary>The bytes come from a separate Python script from docs/protocol.md.</summary>
    [Theory]
    [InlineData(TensorEncoding.SymmetricFloat32, "000080400000003f0000803e000040c00000403f00001041")]
    [InlineData(TensorEncoding.SymmetricInt8, "000080400000803e000010410000003f7f0000003f817f")]
    public void Encode_ThreeRows_GivesTheGoldenBytes(TensorEncoding encoding, string golden)
    {
        byte[] bytes = CodecCalls.Encode(encoding, new SymmetricTensor("w", 3, Small));

        Assert.Equal(golden, Convert.ToHexStringLower(bytes));
        Assert.Equal(Small, ((SymmetricTensor)CodecCalls.Decode(encoding, bytes, 3)).Triangle.ToArray());
    }

    [Fact]
    public void Decode_Int8_KeepsTheDiagonalAndEveryShareWithinHalfAStep()
    {
        SymmetricTensor matrix = SumOfSquares(new Random(71), size: 60, events: 40);

        float[] back = Coarse(matrix);

        ReadOnlySpan<float> values = matrix.Triangle.Span;
        for (int row = 0; row < matrix.Size; row++)
        {
            Assert.Equal(values[At(row, row)], back[At(row, row)]);
            for (int column = 0; column < row; column++)
            {
                double allowed = Math.Sqrt((double)values[At(row, row)] * values[At(column, column)]) / 252;
                Assert.InRange(Math.Abs((double)values[At(row, column)] - back[At(row, column)]), 0, allowed);
            }
        }
    }

    [Theory]
    [InlineData(200, 30)] // of low rank: any error makes it indefinite
    [InlineData(60, 2000)]
    public void Lift_SumsOfSquares_StaySemiDefiniteThroughInt8(int size, int events)
    {
        SymmetricTensor matrix = SumOfSquares(new Random(72), size, events);

        SymmetricTensor lifted = SemiDefiniteLift.Apply(matrix)!;

        Assert.True(SemiDefinite.Holds(Coarse(lifted), size));
        float raised = lifted.Triangle.Span[0] / matrix.Triangle.Span[0];
        Assert.InRange(raised, 1, 1.5f);
    }

    [Theory]
    [InlineData(TensorEncoding.SymmetricFloat32, "000080400000003f0000803e000040c00000403f0000807f", FrameProblem.NotFinite)]
    [InlineData(TensorEncoding.SymmetricFloat32, "000080400000003f0000803e000040c00000403f", FrameProblem.TooLarge)]
    [InlineData(TensorEncoding.SymmetricInt8, "000080400000803e000010410000003f7f0000003f8180", FrameProblem.BadValue)]
    [InlineData(TensorEncoding.SymmetricInt8, "000080c00000803e000010410000003f7f0000003f817f", FrameProblem.BadValue)] // a negative diagonal
    [InlineData(TensorEncoding.SymmetricInt8, "000080400000c07f000010410000003f7f0000003f817f", FrameProblem.NotFinite)]
    [InlineData(TensorEncoding.SymmetricInt8, "000080400000803e00001041ffff7f7f7fffff7f7f817f", FrameProblem.NotFinite)] // beyond float32
    [InlineData(TensorEncoding.SymmetricInt8, "000080400000803e000010410000003f7f0000003f817f00", FrameProblem.TrailingBytes)]
    public void Decode_ForgedPayload_NamesTheProblem(TensorEncoding encoding, string payload, FrameProblem problem)
    {
        FrameException error = Assert.Throws<FrameException>(
            () => CodecCalls.Decode(encoding, Convert.FromHexString(payload), 3));

        Assert.Equal((problem, "w"), (error.Problem, error.Field));
    }

    [Theory]
    [InlineData(TensorEncoding.SymmetricFloat32)]
    [InlineData(TensorEncoding.SymmetricInt8)]
    public void Decode_MoreRowsThanAllowed_IsRefused(TensorEncoding encoding) => Assert.Equal(
        FrameProblem.TooLarge, Assert.Throws<FrameException>(() => CodecCalls.Decode(encoding, [], 100_000)).Problem);

    [Fact]
    public void Encode_ValuesThatAreNoTriangle_IsRefused() => Assert.Equal(
        FrameProblem.BadShape,
        Assert.Throws<FrameException>(() => CodecCalls.Encode(TensorEncoding.SymmetricInt8, new SymmetricTensor("w", 2, Small))).Problem);

    private static float[] Coarse(SymmetricTensor matrix) => ((SymmetricTensor)CodecCalls.Decode(
        TensorEncoding.SymmetricInt8, CodecCalls.Encode(TensorEncoding.SymmetricInt8, matrix), matrix.Size)).Triangle.ToArray();

    private static SymmetricTensor SumOfSquares(Random random, int size, int events)
    {
        double[] sums = new double[size * (size + 1) / 2];
        for (int i = 0; i < events; i++)
        {
            double[] key = [.. Enumerable.Range(0, size).Select(_ => random.NextDouble() - 0.3)];
            for (int row = 0; row < size; row++)
            {
                for (int column = 0; column <= row; column++)
                {
                    sums[At(row, column)] += key[row] * key[column];
                }
            }
        }

        return new SymmetricTensor("w", size, Array.ConvertAll(sums, sum => (float)sum));
    }

    private static int At(int row, int column) => (row * (row + 1) / 2) + column;
}
