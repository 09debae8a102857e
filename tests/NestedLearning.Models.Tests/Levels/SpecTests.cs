namespace NestedLearning.Models.Tests.Levels;

public class SpecTests
{
    [Fact]
    public void Validate_Defaults_AreAccepted() => new ClassifierSpec().Validate();

    [Fact]
    public void Validate_EverythingWrong_ListsEverySetting()
    {
        ClassifierSpec spec = new()
        {
            FormatVersion = 2,
            Features = 100,
            Ridge = float.NaN,
            FastRate = 0,
            TargetThreshold = -1,
            Balance = 2,
            HalfLife = 0,
            Period = 0,
            PeriodGrowth = -1,
            MaxPeriod = 0,
            MaxClasses = 0,
            MaxTextLength = 0,
        };
        InvalidSpecException error = Assert.Throws<InvalidSpecException>(spec.Validate);
        Assert.Equal(12, error.Violations.Count);
        string[] names = ["FormatVersion", "Features", "Ridge", "FastRate", "TargetThreshold", "Balance", "HalfLife", "Period", "PeriodGrowth", "MaxPeriod", "MaxClasses", "MaxTextLength"];
        Assert.All(names, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
        Assert.Contains("100", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16_384, 6_000, true)]
    [InlineData(16_384, 10_000, false)] // its weights would not fit into one frame
    public void Validate_FeaturesTimesClasses_IsLimited(int features, int classes, bool isValid)
    {
        ClassifierSpec spec = new() { Features = features, MaxClasses = classes };
        Assert.Equal(isValid, Record.Exception(spec.Validate) is null);
    }

    [Theory]
    [InlineData(500, 0.1, 0, 500)]
    [InlineData(500, 0.1, 5_000, 500)]
    [InlineData(500, 0.1, 20_000, 2_000)]
    [InlineData(500, 0, 20_000, 500)]
    [InlineData(500, 0.1, 1_000_000, 25_000)]
    [InlineData(30_000, 0.1, 1_000_000, 30_000)]
    public void PeriodAfter_GrowsWithWhatIsFolded(long period, double growth, long folded, long expected)
    {
        ClassifierSpec spec = new() { Period = period, PeriodGrowth = growth };
        Assert.Equal(expected, spec.Levels[1].PeriodAfter(folded));
    }

    [Theory]
    [InlineData(3_750, 500)]
    [InlineData(10_000, 1_000)]
    [InlineData(100_000, 2_000)]
    public void PeriodAfter_EventsFade_GrowsNoFurtherThanWithOneHalfLife(long halfLife, long expected) =>
        Assert.Equal(expected, new ClassifierSpec { HalfLife = halfLife }.Levels[1].PeriodAfter(20_000));

    [Fact]
    public void Specs_OfTheSameSettings_AreEqual()
    {
        Assert.Equal<ModelSpec>(new ClassifierSpec { Ridge = 2 }, new ClassifierSpec { Ridge = 2 });
        Assert.NotEqual<ModelSpec>(new ClassifierSpec { Ridge = 2 }, new ClassifierSpec());
    }
}
