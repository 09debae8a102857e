using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Consolidation;

/// <summary>A level whose statistics fade: what is taken in and out is taken in and out with the weight of its age.</summary>
public class RetentionTests
{
    private const long HalfLife = 100;

    [Theory]
    [InlineData(null, false)]
    [InlineData(HalfLife, true)]
    public void Fold_LabelsRotate_FollowsThemWhereWhatWasBeforeFades(long? halfLife, bool follows)
    {
        TestLevel level = new(new RoundPolicy(), halfLife);
        for (int i = 0; i < 10; i++)
        {
            level.Fold("a");
        }

        Assert.All(Enumerable.Range(0, TestLevel.Classes), label => Assert.Equal(TestLevel.Name(label), AnswerTo(level, label)));
        for (int i = 0; i < 5; i++)
        {
            level.Fold("a", isWrong: true);
        }

        Assert.All(Enumerable.Range(0, TestLevel.Classes), label => Assert.Equal(TestLevel.Name(follows ? label + 1 : label), AnswerTo(level, label)));
    }

    [Fact]
    public void Rollback_AfterManyRounds_PublishesTheEarlierVersionAgainAndGoesOnFromIt()
    {
        TestLevel level = Folded(5);
        float[] fifth = level.Weights;
        FoldMore(level, 6, isWrong: true);

        RollBack(level, 5);

        GateTests.AssertClose(fifth, level.Weights);
        TestLevel expected = Folded(5);
        level.Fold("b");
        expected.Fold("b");
        GateTests.AssertClose(expected.Weights, level.Weights);
    }

    [Fact]
    public void Rollback_FurtherThanRoundingAllows_IsRefused()
    {
        TestLevel level = new(new RoundPolicy { KeptRounds = 1000 }, halfLife: 10);
        FoldMore(level, 10, isWrong: false); // 400 events, 40 half-lives
        Assert.Equal("5 to 9", Assert.Throws<UnknownVersionException>(() => level.Level.Rollback(4, 10, level.Now)).Accepted);
    }

    [Fact]
    public void Replay_LongAfter_CountsAsIfItCameNow()
    {
        TestLevel level = Folded(2);
        RollBack(level, 1);
        long left = level.Level.Published.Number;
        FoldMore(level, 3, isWrong: false);
        TestLevel expected = Folded(1);
        FoldMore(expected, 3, isWrong: false);
        expected.Level.Submit(expected.Encode("late", 1, 40, TestLevel.Name), expected.Now);
        expected.Level.Fold(expected.Now);
        expected.Save();

        level.Level.Replay(left, level.QuarantineOf(left), level.Now);
        level.Save();

        Assert.Equal(expected.Level.Published.Events, level.Level.Published.Events);
        Assert.InRange(level.Weights.Zip(expected.Weights, (a, b) => Math.Abs(a - b)).Max(), 0, 0.1f); // the same events but for their noise
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void Forget_SourceOfManyRounds_LeavesTheOthersAsOldAsTheyAre(int keptRounds)
    {
        TestLevel level = new(new RoundPolicy { Forgettable = true, KeptRounds = keptRounds }, HalfLife);
        IReversibleLevel expected = (IReversibleLevel)new ClassifierSpec { Features = 32, OneSidedTargets = false, HalfLife = HalfLife }
            .CreateSharedLevel(ClassifierSpec.SlowLevel, 1);
        foreach ((string source, int events) in new[] { ("a", 40), ("tenant", 90), ("b", 24), ("tenant", 8), ("a", 300), ("tenant", 700), ("b", 40), ("a", 8) })
        {
            Frame frame = FrameCodec.Decode(level.Submit(source, events), FrameLimits.Default);
            level.Level.Fold(level.Now);
            level.Save();
            expected.Clock = expected.ClockAfter(events);
            expected.Absorb(source == "tenant" ? [] : [new Contribution(frame.Header.Events, frame.Tensors) { At = expected.Clock }]);
        }

        Assert.NotEmpty(level.Forget("tenant").ToList());

        Assert.Equal((412, 412), (expected.Events, level.Level.Published.Events));
        GateTests.AssertClose(expected.Solve().Get<DenseTensor>("weights").Values.ToArray(), level.Weights);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Restart_AfterEverythingThatCanHappen_IsTheSameToTheBit(int keptRounds)
    {
        RoundPolicy policy = new() { Gate = new GatePolicy { MinProbes = 20 }, KeptRounds = keptRounds, Forgettable = true };
        TestLevel kept = new(policy, HalfLife);
        TestLevel restarted = new(policy, HalfLife);
        foreach (Action<TestLevel> step in Everything(canGoBack: keptRounds > 1))
        {
            step(kept);
            step(restarted);
            restarted.Restart();
            Assert.Equal(kept.Weights, restarted.Weights);
        }

        Assert.Equal(kept.Level.Lineage.Select(entry => (entry.Outcome, entry.Gate)), restarted.Level.Lineage.Select(entry => (entry.Outcome, entry.Gate)));
        Assert.Contains(kept.Level.Lineage, entry => entry.Outcome == FoldOutcome.Rejected);
    }

    [Fact]
    public void Fold_RejectedRound_LeavesTheClockWhereItWas()
    {
        RoundPolicy policy = new() { Gate = new GatePolicy { MinProbes = 20 } };
        TestLevel level = new(policy, HalfLife);
        TestLevel clean = new(policy, HalfLife);
        FoldMore(level, 4, isWrong: false);
        FoldMore(clean, 4, isWrong: false);
        Assert.Equal(FoldOutcome.Rejected, level.Fold("b", 80, isWrong: true).Outcome);

        level.Fold("a");
        clean.Fold("a");

        GateTests.AssertClose(clean.Weights, level.Weights);
    }

    private static IEnumerable<Action<TestLevel>> Everything(bool canGoBack)
    {
        for (int i = 0; i < 4; i++)
        {
            yield return level => level.Fold("a");
        }

        yield return level => level.Fold("b", 80, isWrong: true);
        yield return level => level.Fold("tenant", 200);
        if (canGoBack)
        {
            yield return level => RollBack(level, level.Level.Published.Number - 1);
            yield return level =>
            {
                long left = level.Level.InQuarantine.Max();
                level.Level.Replay(left, level.QuarantineOf(left), level.Now);
                level.Save();
            };
        }

        yield return level => level.Fold("a", 400);
        yield return level => level.Forget("tenant").ToList();
        yield return level => level.Fold("b", 16);
        yield return level => level.Fold("a");
    }

    private static string AnswerTo(TestLevel level, int feature)
    {
        IReadOnlyList<string> labels = level.Level.Published.Tensors.Get<TextTensor>("labels").Texts;
        float[] scores = level.Weights[(feature * labels.Count)..((feature + 1) * labels.Count)];
        return labels[scores.IndexOf(scores.Max())];
    }

    private static TestLevel Folded(int rounds)
    {
        TestLevel level = new(new RoundPolicy(), HalfLife);
        FoldMore(level, rounds, isWrong: false);
        return level;
    }

    private static void FoldMore(TestLevel level, int rounds, bool isWrong)
    {
        for (int i = 0; i < rounds; i++)
        {
            level.Fold("a", isWrong: isWrong);
        }
    }

    private static void RollBack(TestLevel level, long version)
    {
        level.Level.Rollback(version, level.Level.Published.Number, level.Now);
        level.Save();
    }
}
