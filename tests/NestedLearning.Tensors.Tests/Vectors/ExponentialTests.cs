using System.Numerics;

namespace NestedLearning.Tensors.Tests;

public sealed class ExponentialTests
{
    [Fact]
    public void Of_AllOverTheRange_IsWithinTwoUnitsInTheLastPlace()
    {
        for (double x = -87; x < 88.7; x += 0.00371)
        {
            double exact = Math.Exp((float)x);
            Assert.InRange(Of((float)x), exact - (2 * Unit(exact)), exact + (2 * Unit(exact)));
        }
    }

    [Fact]
    public void Of_VerySmallResults_AreRoundedOnce()
    {
        for (float x = -103; x < -87; x += 0.0371f)
        {
            Assert.Equal(Math.Exp(x), Of(x), 3e-45);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1e30f, 0)]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(89.5f, float.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void Of_OutsideTheRange_IsTheLimit(float x, float expected) => Assert.Equal(expected, Of(x));

    [Fact]
    public void OfNegative_AllOverTheRange_IsTheSameAboveTheSmallest()
    {
        for (float x = -87.3f; x <= 0; x += 0.0371f)
        {
            Assert.Equal(Of(x), Exponential.OfNegative(new Vector<float>(x))[0]);
        }

        Assert.InRange(Exponential.OfNegative(new Vector<float>(float.NegativeInfinity))[0], 0, 1.3e-38f);
        Assert.Equal(float.NaN, Exponential.OfNegative(new Vector<float>(float.NaN))[0]);
    }

    private static double Unit(double x) => MathF.BitIncrement((float)x) - (float)x;

    private static float Of(float x) => Exponential.Of(new Vector<float>(x))[0];
}
