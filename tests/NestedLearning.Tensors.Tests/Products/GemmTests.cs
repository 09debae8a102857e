namespace NestedLearning.Tensors.Tests;

public sealed class GemmTests
{
    private static readonly int[] Sizes = [0, 1, 2, 3, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 48, 64, 95, 130, 257];

    [Fact]
    public void Multiply_RandomShapes_MatchesFloat64()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            (int m, int k, int n) = (random.GetItems(Sizes, 1)[0], random.GetItems(Sizes, 1)[0], random.GetItems(Sizes, 1)[0]);
            (bool transposeA, bool transposeB) = (random.Next(2) == 0, random.Next(2) == 0);
            (float alpha, float beta) = (random.GetItems([1f, -1f, 0.5f, 0f], 1)[0], random.GetItems([0f, 1f, -0.25f], 1)[0]);
            MatrixView a = Samples.Strided(random, transposeA ? k : m, transposeA ? m : k, random.Next(3));
            MatrixView b = Samples.Strided(random, transposeB ? n : k, transposeB ? k : n, random.Next(3));
            MatrixView c = Samples.Strided(random, m, n, random.Next(3));
            double[] before = Samples.ToFloat64(c);
            double[] product = Float64.Multiply(Samples.ToFloat64(a, transposeA), Samples.ToFloat64(b, transposeB), m, k, n);
            double[] expected = before.Zip(product, (old, value) => (beta * old) + (alpha * value)).ToArray();
            Gemm.Multiply(a, b, c, alpha, beta, transposeA, transposeB, threads: 1 + random.Next(2));
            Samples.AssertClose(expected, c, 2e-5 * Math.Sqrt(k + 1));
        }
    }

    [Theory]
    [InlineData(1, 40, 33)]
    [InlineData(8, 3, 5)]
    [InlineData(50, 300, 70)]
    [InlineData(4, 0, 4)]
    [InlineData(40, 0, 4)]
    public void Multiply_BetaZero_DoesNotReadTheResult(int m, int k, int n)
    {
        var random = new Random(1);
        var c = new Matrix(m, n);
        c.Values.Fill(float.NaN);
        Gemm.Multiply(Samples.Strided(random, m, k, 0), Samples.Strided(random, k, n, 0), c.View);
        Assert.True(Vectors.AllFinite(c.Values));
    }

    [Theory]
    [InlineData(300, 500, 290)]
    [InlineData(7, 900, 801)]
    [InlineData(1000, 64, 33)]
    [InlineData(20, 700, 1500)]
    public void Multiply_MoreThreads_GivesTheSameBits(int m, int k, int n)
    {
        var random = new Random(2);
        MatrixView a = Samples.Strided(random, m, k, 1);
        MatrixView b = Samples.Strided(random, k, n, 2);
        var one = new Matrix(m, n);
        var many = new Matrix(m, n);
        Gemm.Multiply(a, b, one.View);
        foreach (int threads in new[] { 2, 5 })
        {
            Gemm.Multiply(a, b, many.View, threads: threads);
            Assert.Equal(one.Values, many.Values);
        }
    }

    [Fact]
    public void Multiply_StridedResult_SparesTheGap()
    {
        var random = new Random(3);
        float[] values = new float[20 * 30];
        Array.Fill(values, 7);
        Gemm.Multiply(Samples.Strided(random, 20, 9, 0), Samples.Strided(random, 9, 21, 0), new MatrixView(values, 20, 21, 30));
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(i % 30 >= 21, values[i] == 7);
        }
    }

    [Theory]
    [InlineData(200, 300, 100)]
    [InlineData(3, 300, 500)]
    public void Multiply_WarmThread_AllocatesNothing(int m, int k, int n)
    {
        var random = new Random(4);
        MatrixView a = Samples.Strided(random, m, k, 0);
        MatrixView b = Samples.Strided(random, k, n, 0);
        MatrixView c = Samples.Strided(random, m, n, 0);
        Gemm.Multiply(a, b, c);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Gemm.Multiply(a, b, c);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(2, 3, 4, 5, 2, 5, "b")]
    [InlineData(2, 3, 3, 5, 2, 4, "c")]
    [InlineData(2, 3, 3, 5, 3, 5, "c")]
    public void Multiply_ShapesThatDoNotFit_NamesTheOperand(
        int aRows, int aColumns, int bRows, int bColumns, int cRows, int cColumns, string operand)
    {
        var error = Assert.Throws<ShapeException>(() => Gemm.Multiply(
            new Matrix(aRows, aColumns).View, new Matrix(bRows, bColumns).View, new Matrix(cRows, cColumns).View));
        Assert.Equal(operand, error.Operand);
    }

    [Fact]
    public void Multiply_NoThreads_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => Gemm.Multiply(new Matrix(1, 1).View, new Matrix(1, 1).View, new Matrix(1, 1).View, threads: 0));
}
