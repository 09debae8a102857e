namespace NestedLearning.Tensors.Tests.Autodiff;

/// <summary>Gradients where a function has a corner, and where its arguments are extreme.</summary>
public sealed class GradientEdgeTests
{
    private static readonly ManagedBackend Backend = new();

    [Fact]
    public void Max_OfEqualElements_SharesItsGradient() =>
        Assert.Equal([0f, 0.5f, 0.5f], Gradient(x => x.Max(), 1, 4, 4));

    [Fact]
    public void Abs_AtZero_HasGradientZero() => Assert.Equal([-1f, 0f, 1f], Gradient(x => x.Abs().Sum(), -2, 0, 2));

    [Fact]
    public void Relu_AtZero_HasGradientZero() => Assert.Equal([0f, 0f, 1f], Gradient(x => x.Relu().Sum(), -2, 0, 2));

    [Fact]
    public void Maximum_OfEqualElements_GivesTheGradientToTheFirst()
    {
        Assert.Equal([1f, 1f], Gradient(x => x.Maximum(x.Detach()).Sum(), 1, 2));
        Assert.Equal([0f, 0f], Gradient(x => x.Detach().Maximum(x).Sum(), 1, 2));
        Assert.Equal([1f, 1f], Gradient(x => x.Minimum(x.Detach()).Sum(), 1, 2));
        Assert.Equal([0f, 0f], Gradient(x => x.Detach().Minimum(x).Sum(), 1, 2));
    }

    [Fact]
    public void Where_NotChosen_GetsZero()
    {
        Tensor infinite = Backend.Fill([2], float.NegativeInfinity);
        Assert.Equal([0f, 1f], Gradient(x => x.Greater(x.Tape.Fill([], 1)).Where(x, x.Tape.Constant(infinite)).Max(), 1, 2));
    }

    [Fact]
    public void LogSoftmax_OfHugeLogits_HasTheGradientOfACertainty()
    {
        float[] gradient = Gradient(x => x.LogSoftmax().Slice(0, 1, 1).Sum(), 1e4f, -1e4f, -1e30f);
        Assert.All(gradient.Zip([-1f, 1f, 0f]), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
    }

    [Fact]
    public void Activations_OfHugeArguments_HaveTheGradientsOfTheirLimits()
    {
        float[] huge = [1e4f, -1e4f];
        Assert.Equal([1f, 0f], Gradient(x => x.Softplus().Sum(), huge));
        Assert.Equal([0f, 0f], Gradient(x => x.Sigmoid().Sum(), huge));
        Assert.Equal([0f, 0f], Gradient(x => x.Tanh().Sum(), huge));
        Assert.Equal([1f, 0f], Gradient(x => x.Silu().Sum(), huge));
        Assert.Equal([1f, 0f], Gradient(x => x.Gelu().Sum(), huge));
    }

    [Fact]
    public void UnitNormalize_OfZeros_HasAFiniteGradient() =>
        Assert.All(Gradient(x => x.UnitNormalize().Slice(0, 0, 1).Sum(), 0, 0), value => Assert.True(float.IsFinite(value)));

    private static float[] Gradient(Func<Variable, Variable> function, params float[] values)
    {
        using Tensor tensor = Backend.Create([values.Length], values);
        using var tape = new Tape(Backend);
        Variable x = tape.Parameter(tensor);
        return tape.Gradients(function(x), [x])[0].ToArray();
    }
}
