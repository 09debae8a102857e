namespace NestedLearning.Tensors.Tests;

public sealed class SyrkTests
{
    [Fact]
    public void Lower_RandomShapes_MatchesFloat64AndSparesTheUpperTriangle()
    {
        int[] sizes = [0, 1, 5, 6, 7, 16, 17, 50, 97, 200, 301];
        for (int seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            (int n, int k) = (random.GetItems(sizes, 1)[0], random.GetItems(sizes, 1)[0]);
            (float alpha, float beta) = (random.GetItems([1f, -1f, 0f], 1)[0], random.GetItems([0f, 1f, 0.5f], 1)[0]);
            MatrixView a = Samples.Strided(random, n, k, random.Next(3));
            MatrixView c = Samples.Strided(random, n, n, random.Next(3));
            double[] expected = Samples.ToFloat64(c);
            double[] product = Float64.Multiply(Samples.ToFloat64(a), Samples.ToFloat64(a, transpose: true), n, k, n);
            for (int i = 0; i < expected.Length; i++)
            {
                expected[i] = i % n > i / n ? expected[i] : (beta * expected[i]) + (alpha * product[i]);
            }

            Syrk.Lower(a, c, alpha, beta, threads: 1 + random.Next(2));
            Samples.AssertClose(expected, c, 2e-5 * Math.Sqrt(k + 1));
        }
    }

    [Theory]
    [InlineData(300, 256)]
    [InlineData(450, 33)]
    public void Lower_MoreThreads_GivesTheSameBits(int n, int k)
    {
        MatrixView a = Samples.Strided(new Random(1), n, k, 1);
        var one = new Matrix(n, n);
        var many = new Matrix(n, n);
        Syrk.Lower(a, one.View);
        Syrk.Lower(a, many.View, threads: 3);
        Assert.Equal(one.Values, many.Values);
    }

    [Fact]
    public void Lower_WrongResultShape_Throws() =>
        Assert.Throws<ShapeException>(() => Syrk.Lower(new Matrix(3, 2).View, new Matrix(2, 2).View));

    [Fact]
    public void Lower_NoThreads_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => Syrk.Lower(new Matrix(1, 1).View, new Matrix(1, 1).View, threads: -1));
}
