using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Outer;

public class OuterOptimiserTests
{
    private static readonly float[][] Directions = [[0.5f, -1, 2], [0.25f, 0.5f, -1], [-0.125f, 0, 0.75f]];
    private static readonly OuterSettings AdamW = new(OuterRule.AdamW, 0.01f, 0.9f, 0.99f, WeightDecay: 0.1f);

    /// <summary>Three steps from (1, -2, 0.5), computed elsewhere in float64 from the published rules.</summary>
    public static TheoryData<OuterSettings, double[]> Golden => new()
    {
        { new OuterSettings(OuterRule.Sgd, 0.1f), new[] { 0.9375, -1.95, 0.325 } },
        { new OuterSettings(OuterRule.Momentum, 0.1f), new[] { 0.8295, -1.824, 0.073 } },
        { new OuterSettings(), new[] { -0.51165, -0.5412, -3.4151 } },
        { AdamW, new[] { 0.97204293, -1.97929538, 0.48186117 } },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Step_ThreeTimes_FollowsThePublishedRule(OuterSettings settings, double[] expected)
    {
        float[] parameters = [1, -2, 0.5f];
        IOuterOptimiser optimiser = settings.Create(3);
        foreach (float[] direction in Directions)
        {
            optimiser.Step(direction, parameters);
        }

        Assert.All(expected.Zip(parameters), pair => Assert.Equal(pair.First, pair.Second, 5e-7));
    }

    [Fact]
    public void Step_AdamWsFirst_IsTheRateInEveryCoordinate()
    {
        float[] parameters = [0, 0, 0];
        new OuterSettings(OuterRule.AdamW, 0.01f).Create(3).Step([1e-3f, -5, 1e6f], parameters);

        Assert.All(new[] { -0.01, 0.01, -0.01 }.Zip(parameters), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Theory]
    [InlineData(OuterRule.Sgd)]
    [InlineData(OuterRule.Momentum)]
    [InlineData(OuterRule.Nesterov)]
    [InlineData(OuterRule.AdamW)]
    public void Load_ASavedState_StepsOnToTheBit(OuterRule rule)
    {
        OuterSettings settings = new(rule, 0.01f, WeightDecay: 0.1f);
        DenseLayout layout = new([new DenseTensor("a", [2], new float[2]), new DenseTensor("b", [1, 1], new float[1])]);
        float[] parameters = [1, -2, 0.5f];
        IOuterOptimiser optimiser = settings.Create(3);
        optimiser.Step(Directions[0], parameters);
        optimiser.Step(Directions[1], parameters);
        float[] restoredParameters = [.. parameters];
        TensorSet state = [];
        optimiser.Save(state, layout);
        IOuterOptimiser restored = settings.Create(3);
        restored.Load(state, layout);

        optimiser.Step(Directions[2], parameters);
        restored.Step(Directions[2], restoredParameters);

        Assert.Equal(parameters, restoredParameters);
    }
}
