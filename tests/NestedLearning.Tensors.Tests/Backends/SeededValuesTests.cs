namespace NestedLearning.Tensors.Tests.Backends;

public sealed class SeededValuesTests
{
    private const int Count = 100_000;

    [Fact]
    public void Uniform_ManyValues_FillTheInterval()
    {
        float[] values = new float[Count];
        SeededValues.Uniform(1, values);
        Assert.All(values, value => Assert.InRange(value, 0, 0.99999999f));
        Assert.Equal(0.5, values.Average(), 0.01);
        Assert.Equal(1.0 / 12, values.Average(value => Math.Pow(value - 0.5, 2)), 0.01);
        Assert.All(Enumerable.Range(0, 10), tenth => Assert.Equal(0.1, values.Count(value => (int)(value * 10) == tenth) / (double)Count, 0.01));
    }

    [Fact]
    public void Normal_ManyValues_HaveTheMomentsOfTheDistribution()
    {
        float[] values = new float[Count];
        SeededValues.Normal(1, values);
        Assert.Equal(0, values.Average(), 0.015);
        Assert.Equal(1, values.Average(value => Math.Pow(value, 2)), 0.02);
        Assert.Equal(0, values.Average(value => Math.Pow(value, 3)), 0.05);
        Assert.Equal(3, values.Average(value => Math.Pow(value, 4)), 0.1);
        Assert.Equal(0, values.Zip(values.Skip(1), (x, y) => x * y).Average(), 0.015);
    }

    [Fact]
    public void Uniform_SameSeed_GivesTheSamePrefix()
    {
        float[] some = new float[10];
        float[] more = new float[20];
        float[] others = new float[20];
        SeededValues.Uniform(7, some);
        SeededValues.Uniform(7, more);
        SeededValues.Uniform(8, others);
        Assert.Equal(some, more[..10]);
        Assert.Empty(more.Intersect(others));
    }
}
