using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Training;

public class RunPaceTests
{
    [Fact]
    public void Next_RoundAfterRound_EndsEachAfterItsPeriod()
    {
        RunPace pace = new(foldedBefore: 100);
        Assert.Equal([10, 20, 35], [pace.Next(Level(100, 10)), pace.Next(Level(110, 10)), pace.Next(Level(120, 15))]);
    }

    [Fact]
    public void Next_OthersAreAhead_CatchesUp() => Assert.Equal(510, new RunPace(0).Next(Level(500, 10)));

    [Fact]
    public void Next_LevelThatDoesNotMove_MovesOnAllTheSame()
    {
        RunPace pace = new(0);
        Assert.Equal([10, 20], [pace.Next(Level(0, 10)), pace.Next(Level(0, 10))]);
    }

    [Theory]
    [InlineData(399, false)]
    [InlineData(400, true)]
    public void IsPast_LevelWithMoreThanTheRun_CountsTheRunsEvents(long events, bool expected) =>
        Assert.Equal(expected, new RunPace(foldedBefore: 100).IsPast(300, Level(events, 10)));

    private static LevelStatus Level(long events, long period) =>
        new(new LevelId("slow"), 0, events, period, 0, default, default);
}
