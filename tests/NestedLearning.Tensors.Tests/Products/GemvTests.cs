namespace NestedLearning.Tensors.Tests;

public sealed class GemvTests
{
    [Fact]
    public void Multiply_RandomShapes_MatchesFloat64()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            (int m, int n) = (random.Next(0, 70), random.Next(0, 70));
            MatrixView a = Samples.Strided(random, m, n, random.Next(3));
            foreach (bool transposed in new[] { false, true })
            {
                (int inputs, int outputs) = transposed ? (m, n) : (n, m);
                float[] x = Samples.Values(random, inputs);
                float[] y = Samples.Values(random, outputs);
                double[] product = Float64.Multiply(
                    Samples.ToFloat64(a, transposed), Array.ConvertAll(x, value => (double)value), outputs, inputs, 1);
                double[] expected = y.Zip(product, (old, value) => (0.5 * old) - (2 * value)).ToArray();
                Multiply(a, x, y, transposed, -2, 0.5f);
                Samples.AssertClose(expected, new MatrixView(y, outputs, 1, 1), 1e-4);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Multiply_BetaZero_DoesNotReadTheResult(bool transposed)
    {
        float[] y = new float[20];
        Array.Fill(y, float.NaN);
        Multiply(Samples.Strided(new Random(1), 20, 20, 0), new float[20], y, transposed, 1, 0);
        Assert.Equal(new float[20], y);
    }

    [Fact]
    public void Multiply_WrongLengths_NameTheOperand()
    {
        var a = new Matrix(2, 3);
        Assert.Equal("x", Assert.Throws<ShapeException>(() => Gemv.Multiply(a.View, new float[2], new float[2])).Operand);
        Assert.Equal("y", Assert.Throws<ShapeException>(() => Gemv.Multiply(a.View, new float[3], new float[3])).Operand);
        Assert.Equal(
            "x", Assert.Throws<ShapeException>(() => Gemv.MultiplyTransposed(a.View, new float[3], new float[3])).Operand);
        Assert.Equal(
            "y", Assert.Throws<ShapeException>(() => Gemv.MultiplyTransposed(a.View, new float[2], new float[2])).Operand);
    }

    private static void Multiply(MatrixView a, float[] x, float[] y, bool transposed, float alpha, float beta)
    {
        if (transposed)
        {
            Gemv.MultiplyTransposed(a, x, y, alpha, beta);
        }
        else
        {
            Gemv.Multiply(a, x, y, alpha, beta);
        }
    }
}
