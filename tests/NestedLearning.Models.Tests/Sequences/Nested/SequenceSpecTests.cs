namespace NestedLearning.Models.Tests.Sequences.Nested;

public class SequenceSpecTests
{
    private static readonly SequenceSpec Spec = new(SmallModels.Settings(MixerKind.SelfModifying) with { Periods = [1, 8, 8, 64] });

    [Fact]
    public void Levels_PeriodsOfTheModel_AreOnePeriodEach() =>
        Assert.Equal(
            [("period-1", 1L, UpdateKind.Gradient), ("period-8", 8, UpdateKind.Gradient), ("period-64", 64, UpdateKind.Gradient)],
            Spec.Levels.Select(level => (level.Id.Value, level.Period, level.Kind)));

    [Fact]
    public void Levels_LocalSteps_AreWholePeriods() =>
        Assert.Equal(
            [("period-1", 12L, UpdateKind.Delta), ("period-8", 16, UpdateKind.Delta), ("period-64", 64, UpdateKind.Delta)],
            (Spec with { LocalSteps = 12 }).Levels.Select(level => (level.Id.Value, level.Period, level.Kind)));

    [Fact]
    public void Levels_BaseOfItsOwnPeriod_IsALevelOfItsOwn()
    {
        SequenceSpec spec = Spec with { Model = Spec.Model with { BasePeriod = 4 } };

        Assert.Equal(["period-1", "period-4", "period-8", "period-64"], spec.Levels.Select(level => level.Id.Value));
        Assert.All(spec.Levels, level => Assert.NotEmpty(spec.CreateSharedLevel(level.Id, 1).Solve()));
        Assert.Throws<ArgumentException>(() => spec.CreateSharedLevel(new LevelId("period-2"), 1));
    }

    [Fact]
    public void Equals_SamePeriodsInAnotherList_AreEqual()
    {
        SequenceSpec same = Spec with { Model = Spec.Model with { Periods = [.. Spec.Model.Periods] } };

        Assert.Equal(Spec, same);
        Assert.Equal(Spec.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(Spec, Spec with { Model = Spec.Model with { Periods = [1, 8, 8, 65] } });
        Assert.NotEqual(Spec, Spec with { Model = Spec.Model with { BasePeriod = 2 } });
    }

    [Fact]
    public void Validate_EveryPartOutOfRange_NamesThemAll()
    {
        SequenceSpec spec = new(Spec.Model with { BasePeriod = 0 })
        {
            Training = new SequenceTrainingSettings { Batch = 0 },
            Outer = new OuterSettings(LearningRate: 0),
            LocalSteps = -1,
            FormatVersion = 2,
        };

        Assert.Equal(5, Assert.Throws<InvalidSpecException>(spec.Validate).Violations.Count);
        Spec.Validate();
    }
}
