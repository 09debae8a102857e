namespace NestedLearning.Tiers.Tests.Consolidation;

public class GateTests
{
    private static readonly RoundPolicy Gated = new() { Gate = new GatePolicy { MinProbes = 20 } };

    [Fact]
    public void Fold_WrongLabels_KeepsTheParentAndQuarantinesTheRound()
    {
        TestLevel level = new(Gated);
        level.Fold("good");
        LineageEntry good = level.Fold("good");
        float[] parent = level.Weights;

        LineageEntry bad = level.Fold("bad", 400, isWrong: true);

        Assert.Equal((FoldOutcome.Folded, true), (good.Outcome, good.Gate!.IsPassed));
        Assert.Equal((FoldOutcome.Rejected, 3L, 80L), (bad.Outcome, bad.Version, bad.Events));
        Assert.Equal((64, 64, false), (bad.Gate!.Probes, bad.Gate.ParentRight, bad.Gate.IsPassed));
        Assert.InRange(bad.Gate.CandidateRight, 0, 32);
        Assert.Equal(new FoldedSource("bad", 1, 1, 400), Assert.Single(bad.LeftOut));
        Assert.Empty(bad.Sources);
        Assert.Equal(parent, level.Weights);
        Assert.Equal(new Receipt(1, 1), level.ReceiptFor("bad"));
        Assert.Equal([3L], level.Level.InQuarantine);
        Assert.Contains(level.Level.QuarantineOf(3), level.Attachments.Keys);
    }

    [Fact]
    public void Fold_AfterARejection_GoesOnAsIfItHadNotBeen()
    {
        TestLevel disturbed = new(Gated);
        TestLevel clean = new(Gated);
        foreach (TestLevel level in new[] { disturbed, clean })
        {
            level.Fold("good");
        }

        Assert.Equal(FoldOutcome.Rejected, disturbed.Fold("bad", 400, isWrong: true).Outcome);
        Assert.Equal(FoldOutcome.Folded, disturbed.Fold("good").Outcome);
        clean.Fold("good");

        Assert.Equal(80, disturbed.Level.Published.Events);
        AssertClose(clean.Weights, disturbed.Weights);
    }

    [Fact]
    public void Fold_OneOfThreeSourcesIsWrong_FoldsTheOthers()
    {
        TestLevel disturbed = new(Gated);
        TestLevel clean = new(Gated);
        foreach (TestLevel level in new[] { disturbed, clean })
        {
            level.Fold("a");
            level.Submit("a");
            level.Submit("c");
        }

        LineageEntry entry = disturbed.Fold("b", 400, isWrong: true);
        clean.Level.Fold(clean.Now);
        clean.Save();

        Assert.Equal((FoldOutcome.Folded, 120L, true), (entry.Outcome, entry.Events, entry.Gate!.IsPassed));
        Assert.Equal(["a", "c"], entry.Sources.Select(source => source.Source));
        Assert.Equal(["b"], entry.LeftOut.Select(source => source.Source));
        AssertClose(clean.Weights, disturbed.Weights);
        float[] weights = disturbed.Weights;
        disturbed.Restart();
        disturbed.Fold("a");
        Assert.Equal([2L], disturbed.Level.InQuarantine);
        Assert.Equal(weights.Length, disturbed.Weights.Length);
    }

    [Fact]
    public void Fold_ShuffledLabels_AreRejectedThoughTheyChangeNoAnswer()
    {
        TestLevel level = new(Gated with { Gate = new GatePolicy() });
        level.Fold("good", 2000);
        level.Fold("good", 2000);
        Random random = new(3);

        LineageEntry shuffled = level.Fold("shuffled", 2000, _ => TestLevel.Name(random.Next(TestLevel.Classes)));

        Assert.Equal((FoldOutcome.Rejected, 4000L), (shuffled.Outcome, shuffled.Events));
        Assert.Equal((64, 64, 64, false), (shuffled.Gate!.Probes, shuffled.Gate.ParentRight, shuffled.Gate.CandidateRight, shuffled.Gate.IsPassed));
        Assert.InRange(shuffled.Gate.Agreement!.Value, 0.05, 0.2);
        Assert.Equal(1, level.Fold("good", 2000).Gate!.Agreement);
    }

    [Fact]
    public void Fold_ShuffledLabelsAndNoAgreementAsked_Pass()
    {
        TestLevel level = new(Gated with { Gate = new GatePolicy { MinAgreement = 0 } });
        level.Fold("good", 4000);
        Random random = new(3);
        Assert.Equal(FoldOutcome.Folded, level.Fold("shuffled", 2000, _ => TestLevel.Name(random.Next(TestLevel.Classes))).Outcome);
    }

    [Theory]
    [InlineData(0.3, FoldOutcome.Folded)]
    [InlineData(0.7, FoldOutcome.Rejected)]
    public void Fold_SomeLabelsAreWrong_PassesWhileFewerThanHalf(double share, FoldOutcome outcome)
    {
        TestLevel level = new(Gated);
        level.Fold("good", 4000);
        Random random = new(3);
        Assert.Equal(outcome, level.Fold("noisy", 2000, label => TestLevel.Name(random.NextDouble() < share ? label + 1 : label)).Outcome);
    }

    [Fact]
    public void Fold_LabelsThatAreNew_AreHeldAgainstNobody()
    {
        TestLevel level = new(Gated);
        level.Fold("a", 400, label => label < 4 ? TestLevel.Name(label) : null);
        LineageEntry entry = level.Fold("b", 400);
        Assert.Equal((FoldOutcome.Folded, 1d), (entry.Outcome, entry.Gate!.Agreement));
    }

    [Fact]
    public void Fold_WhatIsKnownUnderNewLabels_IsRejectedForWhatItOverwrites()
    {
        TestLevel level = new(Gated);
        level.Fold("good", 400);
        LineageEntry renamed = level.Fold("renamed", 2000, label => $"other-{label}");
        Assert.Equal((FoldOutcome.Rejected, null), (renamed.Outcome, renamed.Gate!.Agreement));
        Assert.InRange(renamed.Gate.CandidateRight, 0, 32);
    }

    [Fact]
    public void Fold_MostSourcesDoNotAgree_FoldsTheOther()
    {
        TestLevel level = new(Gated);
        level.Fold("good", 400);
        level.Submit("a");
        level.Submit("x", 400, label => TestLevel.Name(label + 1));
        LineageEntry entry = level.Fold("y", 400, label => TestLevel.Name(label + 3));
        Assert.Equal((FoldOutcome.Folded, 440L), (entry.Outcome, entry.Events));
        Assert.Equal(["x", "y"], entry.LeftOut.Select(source => source.Source));
    }

    [Fact]
    public void Fold_TooFewProbes_AsksNobody()
    {
        TestLevel level = new(Gated with { Gate = new GatePolicy { MinProbes = 1000 } });
        level.Fold("good");
        LineageEntry bad = level.Fold("bad", 400, isWrong: true);
        Assert.Equal((FoldOutcome.Folded, null), (bad.Outcome, bad.Gate));
    }

    [Fact]
    public void Fold_NoGate_TakesWhatComes()
    {
        TestLevel level = new(new RoundPolicy());
        level.Fold("good");
        Assert.Equal(FoldOutcome.Folded, level.Fold("bad", 400, isWrong: true).Outcome);
        Assert.Empty(level.Level.InQuarantine);
    }

    [Fact]
    public void Constructor_LevelWhoseUpdatesAreNoSums_RefusesAGate()
    {
        InvalidPolicyException error = Assert.Throws<InvalidPolicyException>(
            () => new Consolidator(new Models.ModelId("m"), new FlakySpec(), Models.ClassifierSpec.SlowLevel, Gated, FrameLimits.Default, 1));
        Assert.Contains("Gate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_GateOutOfRange_ListsAll()
    {
        RoundPolicy policy = new() { KeptRounds = -1, Gate = new GatePolicy { MinAgreement = 2, MaxRegression = double.NaN, ProbesPerLabel = 0, MinProbes = 0 } };
        Assert.Equal(5, Assert.Throws<InvalidPolicyException>(policy.Validate).Violations.Count);
    }

    /// <summary>What was taken away leaves nothing but the rounding of float64 sums.</summary>
    internal static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-6f);
        }
    }
}
