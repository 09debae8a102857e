using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Optimisers;

public sealed class SettingsTests
{
    public static TheoryData<OptimiserSettings, string> Invalid => new()
    {
        { new(new SgdSettings(), new(0)), "Peak is 0" },
        { new(new SgdSettings(), new(double.NaN)), "Peak is NaN" },
        { new(new SgdSettings(), new(0.1, WarmUpSteps: -1)), "WarmUpSteps is -1" },
        { new(new SgdSettings(), new(0.1, WarmUpSteps: 10, TotalSteps: 10)), "TotalSteps is 10" },
        { new(new SgdSettings(), new(0.1, TotalSteps: 10, Final: 0.2)), "Final is 0.2" },
        { new(new SgdSettings(), new(0.1), WeightDecay: 11), "WeightDecay is 11" },
        { new(new SgdSettings(), new(0.1), MaxGradientNorm: 0), "MaxGradientNorm is 0" },
        { new(new MomentumSettings(1), new(0.1)), "Momentum is 1" },
        { new(new AdamWSettings(-0.1), new(0.1)), "Beta1 is -0.1" },
        { new(new AdamWSettings(Beta2: 1), new(0.1)), "Beta2 is 1" },
        { new(new AdamWSettings(Epsilon: 0), new(0.1)), "Epsilon is 0" },
        { new(new DeltaMomentumSettings(DeltaRate: -1), new(0.1)), "DeltaRate is -1" },
        { new(new DeepMomentumSettings(Hidden: 0), new(0.1)), "Hidden is 0" },
        { new(new DeepMomentumSettings(Retention: 1.1), new(0.1)), "Retention is 1.1" },
        { new(new MuonSettings(Steps: 0), new(0.1)), "Steps is 0" },
        { new(new MuonSettings { Others = new AdamWSettings(2) }, new(0.1)), "Beta1 is 2" },
        { new(new M3Settings(ChunkSteps: 0), new(0.1)), "ChunkSteps is 0" },
        { new(new M3Settings(SlowWeight: double.NaN), new(0.1)), "SlowWeight is NaN" },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Constructor_SettingOutOfRange_NamesIt(OptimiserSettings settings, string violation)
    {
        InvalidSpecException error = Assert.Throws<InvalidSpecException>(
            () => new Optimiser(new ManagedBackend(), new ParameterGroup("group", 0), settings));
        Assert.StartsWith(violation, Assert.Single(error.Violations));
        Assert.Contains("accepted", error.Message);
    }

    [Fact]
    public void Constructor_ManySettingsOutOfRange_NamesAll() => Assert.Equal(3, Assert.Throws<InvalidSpecException>(
        () => new Optimiser(new ManagedBackend(), new ParameterGroup("group", 0), new(new AdamWSettings(1, 1), new(-1)))).Violations.Count);

    [Theory]
    [InlineData(1, 0.1)]
    [InlineData(5, 0.5)]
    [InlineData(10, 1)]
    [InlineData(60, 0.55)]
    [InlineData(110, 0.1)]
    [InlineData(1000, 0.1)]
    public void At_WarmUpThenCosine_RisesAndFalls(long step, double rate) =>
        Assert.Equal(rate, new LearningRateSchedule(1, 10, 110, 0.1).At(step), 1e-12);

    [Theory]
    [InlineData("")]
    [InlineData("Weights")]
    [InlineData("a b")]
    [InlineData("a23456789a23456789a23456789a23456789a23456789a234")]
    public void Parameter_NameThatCannotBeStored_IsRefused(string name)
    {
        using Tensor value = new ManagedBackend().Fill([1], 0);
        Assert.Equal(name, Assert.Throws<InvalidParameterNameException>(() => new Parameter(name, value)).ParameterName);
    }

    [Fact]
    public void ParameterSet_OneNameTwice_IsRefused()
    {
        var backend = new ManagedBackend();
        ParameterGroup first = new("first", 0, new Parameter("weights", backend.Fill([1], 0)));
        ParameterGroup second = new("second", 1, new Parameter("weights", backend.Fill([1], 0)));
        Assert.Throws<InvalidParameterNameException>(() => new ParameterSet(backend, first, second));
        Assert.Throws<InvalidParameterNameException>(() => new ParameterGroup("both", 0, [.. first, .. second]));
    }
}
