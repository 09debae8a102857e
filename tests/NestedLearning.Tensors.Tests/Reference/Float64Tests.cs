namespace NestedLearning.Tensors.Tests;

public sealed class Float64Tests
{
    [Fact]
    public void Multiply_SmallMatrices_MatchesHandComputation()
    {
        double[] product = Float64.Multiply([1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12], 2, 3, 2);
        Assert.Equal([58, 64, 139, 154], product);
    }

    [Fact]
    public void CholeskyFactor_SmallMatrix_MatchesHandComputation()
    {
        double[] a = [4, -1, -1, 12, 37, -1, -16, -43, 98];
        Float64.CholeskyFactor(a, 3);
        Assert.Equal([2, -1, -1, 6, 1, -1, -8, 5, 3], a);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(201)]
    public void CholeskySolve_KnownSolution_FindsIt(int n)
    {
        var random = new Random(n);
        double[] a = Samples.PositiveDefinite(random, n);
        double[] solution = Array.ConvertAll(Samples.Values(random, n * 5), value => (double)value);
        double[] b = Float64.Multiply(a, solution, n, n, 5);
        Float64.CholeskyFactor(a, n);
        Float64.CholeskySolve(a, b, n, 5);
        for (int i = 0; i < b.Length; i++)
        {
            Assert.Equal(solution[i], b[i], 1e-11);
        }
    }

    [Fact]
    public void Multiply_WrongLength_Throws() => Assert.Throws<ShapeException>(() => Float64.Multiply([1], [1, 2], 1, 1, 1));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(29)]
    public void AddScaled_AnyLength_AddsEveryElement(int length)
    {
        double[] x = [.. Enumerable.Range(0, length).Select(i => i + 0.5)];
        double[] y = [.. Enumerable.Range(0, length).Select(i => -3.0 * i)];
        Float64.AddScaled(2, x, y);
        Assert.Equal(Enumerable.Range(0, length).Select(i => 1.0 - i), y);
        Assert.Throws<ShapeException>(() => Float64.AddScaled(2, x, new double[length + 1]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(29)]
    public void AddScaled_OfFloat32_IsThePlainLoopToTheBit(int length)
    {
        Random random = new(length);
        float[] x = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.3f)];
        double[] y = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble())];
        double[] expected = [.. x.Zip(y, (one, other) => other + (0.1 * one))];
        Float64.AddScaled(0.1, x, y);
        Assert.Equal(expected, y);
        Assert.Throws<ShapeException>(() => Float64.AddScaled(2, x, new double[length + 1]));
    }
}
