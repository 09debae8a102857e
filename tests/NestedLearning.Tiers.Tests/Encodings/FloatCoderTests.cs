using System.Buffers.Binary;

namespace NestedLearning.Tiers.Tests;

public class FloatCoderTests
{
    private static readonly FloatCoder[] Coders = [new Float32Coder(), new BFloat16Coder(), new Int8Coder(), new Int4Coder(), new Float16Coder(), new Int2Coder()];

    [Fact]
    public void Decode_ValuesOfEveryMagnitude_StayWithinTheBound()
    {
        Random random = new(21);
        foreach (FloatCoder coder in Coders)
        {
            for (int i = 0; i < 2000; i++)
            {
                float[] values = Frames.RandomFloats(random, random.Next(200));
                float peak = values.Select(Math.Abs).DefaultIfEmpty().Max();

                float[] back = RoundTrip(coder, values);

                for (int j = 0; j < values.Length; j++)
                {
                    Assert.InRange(Math.Abs((double)values[j] - back[j]), 0, coder.Error.For(values[j], peak));
                }
            }
        }
    }

    [Fact]
    public void Int8_LargestMagnitude_ComesBackToTheBit()
    {
        Random random = new(22);
        for (int i = 0; i < 20_000; i++)
        {
            float peak = BitConverter.Int32BitsToSingle(random.Next(1, 0x7F80_0000));
            float[] values = new float[random.Next(1, 70)];
            int at = random.Next(values.Length);
            values[at] = random.Next(2) == 0 ? peak : -peak;

            Assert.Equal(values[at], RoundTrip(new Int8Coder(), values)[at]);
        }
    }

    [Theory]
    [InlineData(0x3F80_0000u, 0x3F80)] // 1
    [InlineData(0x3F80_8000u, 0x3F80)] // a tie, down to even
    [InlineData(0x3F80_8001u, 0x3F81)] // just over the tie
    [InlineData(0x3F81_8000u, 0x3F82)] // a tie, up to even
    [InlineData(0x3F81_7FFFu, 0x3F81)] // just under the tie
    [InlineData(0xBF81_8000u, 0xBF82)] // the sign changes nothing
    [InlineData(0x0000_0001u, 0x0000)] // the smallest float32
    [InlineData(0x8000_0000u, 0x8000)] // -0
    [InlineData(0x7F7F_FFFFu, 0x7F7F)] // the largest float32 does not become infinity
    [InlineData(0xFF7F_8000u, 0xFF7F)] // nor does its negative
    public void BFloat16_KnownValues_RoundToNearestEven(uint bits, ushort expected)
    {
        // 33 values reach both the vector loop and the rest after it.
        float[] values = [.. Enumerable.Repeat(BitConverter.UInt32BitsToSingle(bits), 33)];
        byte[] bytes = Encode(new BFloat16Coder(), values);

        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(expected, BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2 * i)));
        }
    }

    [Theory]
    [InlineData("0000c07f00", FrameProblem.NotFinite)] // a peak of NaN
    [InlineData("0000807f00", FrameProblem.NotFinite)] // a peak of infinity
    [InlineData("000080bf00", FrameProblem.BadValue)] // a peak of -1
    [InlineData("ffff7f7f80", FrameProblem.BadValue)] // a step of -128 would overflow
    public void Int8_ForgedBlock_IsRefused(string bytes, FrameProblem problem)
    {
        FrameException error = Assert.Throws<FrameException>(
            () => new Int8Coder().Decode(Convert.FromHexString(bytes), new float[1], "w"));

        Assert.Equal((problem, "w"), (error.Problem, error.Field));
    }

    [Fact]
    public void Int8_VectorLoopAndRest_Agree()
    {
        float[] values = Frames.RandomFloats(new Random(23), 119);
        float peak = values.Select(Math.Abs).Max();
        byte[] bytes = Encode(new Int8Coder(), values);

        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal((sbyte)MathF.Round(values[i] / peak * 127), (sbyte)bytes[sizeof(float) + i]);
        }
    }

    private static byte[] Encode(FloatCoder coder, float[] values)
    {
        byte[] bytes = new byte[coder.Size(values.Length)];
        coder.Encode(values, bytes, "w");
        return bytes;
    }

    private static float[] RoundTrip(FloatCoder coder, float[] values)
    {
        float[] back = new float[values.Length];
        coder.Decode(Encode(coder, values), back, "w");
        return back;
    }
}
