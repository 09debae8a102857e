namespace NestedLearning.Tensors.Tests;

public sealed class VectorsTests
{
    public static TheoryData<int> Lengths => [0, 1, 7, 8, 9, 31, 32, 33, 63, 100, 1001];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Dot_AnyLength_MatchesFloat64(int length)
    {
        var random = new Random(length);
        float[] x = Samples.Values(random, length);
        float[] y = Samples.Values(random, length);
        double expected = x.Zip(y, (a, b) => (double)a * b).Sum();
        Assert.Equal(expected, Vectors.Dot(x, y), 1e-4);
        Assert.Equal(x.Sum(a => (double)a * a), Vectors.SumOfSquares(x), 1e-3);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Axpy_AnyLength_AddsScaledVector(int length)
    {
        var random = new Random(length);
        float[] x = Samples.Values(random, length);
        float[] y = Samples.Values(random, length);
        double[] expected = x.Zip(y, (a, b) => (0.5 * a) + b).ToArray();
        Vectors.Axpy(0.5f, x, y);
        Samples.AssertClose(expected, new MatrixView(y, 1, length, length), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Scale_AnyLength_MultipliesEveryElement(int length)
    {
        float[] x = Samples.Values(new Random(length), length);
        float[] expected = Array.ConvertAll(x, value => value * -3);
        Vectors.Scale(-3, x);
        Assert.Equal(expected, x);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(5, 4)]
    [InlineData(40, 0)]
    [InlineData(40, 17)]
    [InlineData(1000, 999)]
    public void ArgMax_EqualMaxima_ReturnsFirst(int length, int first)
    {
        float[] x = new float[length];
        Array.Fill(x, -1);
        x[first] = 2;
        x[^1] = 2;
        Assert.Equal(first, Vectors.ArgMax(x));
    }

    [Fact]
    public void ArgMax_RandomValues_FindsTheLargest()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            float[] x = Samples.Values(random, random.Next(1, 200));
            Assert.Equal(Array.IndexOf(x, x.Max()), Vectors.ArgMax(x));
        }
    }

    [Fact]
    public void ArgMax_Empty_Throws() => Assert.Throws<ShapeException>(() => Vectors.ArgMax([]));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void AllFinite_OneBadElement_IsFalseWhereverItStands(float bad)
    {
        for (int position = 0; position < 37; position++)
        {
            float[] x = new float[37];
            x[position] = bad;
            Assert.False(Vectors.AllFinite(x));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void AllFinite_FiniteValues_IsTrue(int length)
    {
        float[] x = new float[length];
        Array.Fill(x, float.MaxValue);
        Assert.True(Vectors.AllFinite(x));
    }

    [Fact]
    public void Dot_DifferentLengths_NamesOperandAndShapes()
    {
        var error = Assert.Throws<ShapeException>(() => Vectors.Dot(new float[3], new float[4]));
        Assert.Equal("y", error.Operand);
        Assert.Contains("[4]", error.Message);
        Assert.Contains("[3]", error.Message);
        Assert.Throws<ShapeException>(() => Vectors.Axpy(1, new float[3], new float[4]));
    }
}
