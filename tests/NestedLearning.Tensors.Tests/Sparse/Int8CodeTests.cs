using FsCheck;
using FsCheck.Fluent;

namespace NestedLearning.Tensors.Tests.Sparse;

public class Int8CodeTests
{
    private static readonly Arbitrary<float[]> Values =
        Gen.Choose(int.MinValue, int.MaxValue).Select(BitConverter.Int32BitsToSingle).Where(float.IsFinite).ArrayOf().ToArbitrary();

    [Fact]
    public void Encode_WhatWasDecoded_GivesTheSameCodesAndPeak() => Prop.ForAll(Values, values =>
    {
        (float peak, sbyte[] codes, float[] decoded) = RoundTrip(values);
        (float again, sbyte[] codesAgain, float[] decodedAgain) = RoundTrip(decoded);
        return peak.Equals(again) && codes.SequenceEqual(codesAgain) && decoded.SequenceEqual(decodedAgain);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1e-45f)] // the smallest float32: one step of 127 is less than half of it
    [InlineData(1.8e-43f)] // 128 times as much
    [InlineData(1e-40f)]
    [InlineData(3e38f)]
    public void Encode_WhatWasDecodedAtTheEdges_GivesTheSameAgain(float peak)
    {
        Random random = new(7);
        float[] values = [peak, .. Samples.Values(random, 150).Select(value => value * peak)];
        (float _, sbyte[] codes, float[] decoded) = RoundTrip(values);
        (float again, sbyte[] codesAgain, float[] _) = RoundTrip(decoded);
        Assert.Equal(peak, again);
        Assert.Equal(codes, codesAgain);
    }

    [Fact]
    public void Decode_AnyValues_AreWithinHalfAStepOfTheirPeak()
    {
        float[] values = Samples.Values(new Random(8), 1000);
        (float peak, sbyte[] _, float[] decoded) = RoundTrip(values);
        Assert.Equal(values.Max(Math.Abs), peak);
        Assert.All(values.Zip(decoded), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, peak / 253));
    }

    [Fact]
    public void Decode_OneCodeOrMany_GivesTheSameBits()
    {
        sbyte[] codes = [.. Enumerable.Range(-127, 255).Select(code => (sbyte)code)];
        float[] decoded = new float[codes.Length];
        Int8Code.Decode(codes, 0.7f, decoded);
        Assert.Equal(codes.Select(code => Int8Code.Decode(code, 0.7f)), decoded);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(200)]
    public void Encode_Zeros_AreZeroCodes(int count)
    {
        sbyte[] codes = [.. Enumerable.Repeat((sbyte)9, count)];
        Assert.Equal(0, Int8Code.Encode(new float[count], codes));
        Assert.All(codes, code => Assert.Equal(0, code));
    }

    private static (float Peak, sbyte[] Codes, float[] Decoded) RoundTrip(float[] values)
    {
        sbyte[] codes = new sbyte[values.Length];
        float[] decoded = new float[values.Length];
        float peak = Int8Code.Encode(values, codes);
        Int8Code.Decode(codes, peak, decoded);
        return (peak, codes, decoded);
    }
}
