namespace NestedLearning.Tiers.Tests;

/// <summary>Coders of less than a byte, and of float16. The bytes come from a separate Python script from docs/protocol.md.</summary>
public class SmallCoderTests
{
    [Fact]
    public void Encode_Int4OfFiveValues_GivesTheGoldenBytes() =>
        Assert.Equal("0000803fc70209", Encode(new Int4Coder(), [1, -0.5f, 0.25f, 0, -1]));

    [Theory]
    [InlineData(128)]
    [InlineData(119)]
    [InlineData(65)]
    [InlineData(7)]
    public void Encode_Int4InVectorsOrNot_FollowsTheFormula(int count)
    {
        float[] values = Frames.RandomFloats(new Random(count), count);
        float peak = values.Max(Math.Abs);
        byte[] bytes = Convert.FromHexString(Encode(new Int4Coder(), values));
        for (int i = 0; i < count; i++)
        {
            int half = (bytes[sizeof(float) + (i / 2)] >> (4 * (i % 2))) & 15;
            Assert.Equal((int)MathF.Round(values[i] / peak * 7), half >= 8 ? half - 16 : half);
        }
    }

    [Fact]
    public void Decode_Int4_LargestMagnitudeComesBackToTheBit()
    {
        Random random = new(5);
        for (int i = 0; i < 20_000; i++)
        {
            float[] values = new float[random.Next(1, 140)];
            int at = random.Next(values.Length);
            values[at] = BitConverter.Int32BitsToSingle(random.Next(1, 0x7F80_0000)) * (random.Next(2) == 0 ? 1 : -1);
            float[] back = new float[values.Length];
            Int4Coder coder = new();
            coder.Decode(Convert.FromHexString(Encode(coder, values)), back, "w");
            Assert.Equal(values, back);
        }
    }

    [Theory]
    [InlineData("int4", "0000c07f00", FrameProblem.NotFinite)] // a peak of NaN
    [InlineData("int4", "000080bf00", FrameProblem.BadValue)] // a peak of -1
    [InlineData("int4", "0000803f08", FrameProblem.BadValue)] // a step of -8
    [InlineData("int4", "0000803f10", FrameProblem.BadValue)] // a second value where there is one
    [InlineData("float16", "0000807f003c", FrameProblem.NotFinite)] // a peak of infinity
    [InlineData("float16", "0000803f007e", FrameProblem.BadValue)] // a share of NaN
    [InlineData("float16", "0000803f013c", FrameProblem.BadValue)] // a share above 1
    [InlineData("int2", "000000000000807f00", FrameProblem.NotFinite)] // an infinite magnitude
    [InlineData("int2", "0000803f0000003f00", FrameProblem.BadValue)] // low above high
    [InlineData("int2", "000080bf0000003f00", FrameProblem.BadValue)] // low below zero
    [InlineData("int2", "0000003f0000803f04", FrameProblem.BadValue)] // a second value where there is one
    public void Decode_ForgedRunOfOne_IsRefused(string coder, string bytes, FrameProblem problem)
    {
        FrameException error = Assert.Throws<FrameException>(
            () => Coder(coder).Decode(Convert.FromHexString(bytes), new float[1], "w"));
        Assert.Equal((problem, "w"), (error.Problem, error.Field));
    }

    [Theory]
    [InlineData("int4")]
    [InlineData("float16")]
    [InlineData("int2")]
    public void Encode_NotFinite_IsRefused(string coder)
    {
        float[] values = new float[40];
        values[33] = float.NaN;
        Assert.Equal(FrameProblem.NotFinite, Assert.Throws<FrameException>(() => Encode(Coder(coder), values)).Problem);
    }

    private static FloatCoder Coder(string name) => name switch
    {
        "int4" => new Int4Coder(),
        "float16" => new Float16Coder(),
        _ => new Int2Coder(),
    };

    private static string Encode(FloatCoder coder, float[] values)
    {
        byte[] bytes = new byte[coder.Size(values.Length)];
        coder.Encode(values, bytes, "w");
        return Convert.ToHexStringLower(bytes);
    }
}
