namespace NestedLearning.Tiers.Tests.Consolidation;

public class RevisionTests
{
    [Fact]
    public void Rollback_ToAnEarlierVersion_PublishesItAgainAndQuarantinesWhatCameSince()
    {
        TestLevel level = Folded(3);
        float[] second = Folded(2).Weights;

        level.Level.Rollback(2, 3, level.Now);
        Assert.Equal(3, level.Level.Published.Number); // nobody sees it before it is durable
        LineageEntry entry = level.Save();

        Assert.Equal((4L, FoldOutcome.RolledBack, 2L, 80L), (entry.Version, entry.Outcome, entry.Of, entry.Events));
        Assert.Equal(new FoldedSource("a", 3, 3, 40), Assert.Single(entry.LeftOut));
        GateTests.AssertClose(second, level.Weights);
        Assert.Equal(new Receipt(3, 3), level.ReceiptFor("a")); // nobody sends it again
        Assert.Equal([4L], level.Level.InQuarantine);
    }

    [Fact]
    public void Rollback_AfterANewerVersion_IsRefusedAndFindsWhatWasDoneBefore()
    {
        TestLevel level = Folded(3);
        Rollback(level, 2);
        VersionConflictException error = Assert.Throws<VersionConflictException>(() => level.Level.Rollback(2, 3, level.Now));
        Assert.Equal((3, 4), (error.Expected, error.Current));
        Assert.Equal(4, level.Level.FindRollback(2, 3)?.Version);
        Assert.Null(level.Level.FindRollback(1, 3));
    }

    [Fact]
    public void Rollback_BeyondAnother_GoesFurtherBack()
    {
        TestLevel level = Folded(4);
        level.Level.Rollback(3, level.Level.Published.Number, level.Now);
        level.Save();
        level.Level.Rollback(1, level.Level.Published.Number, level.Now);
        Assert.Equal(40, level.Save().Events);
        GateTests.AssertClose(Folded(1).Weights, level.Weights);
        Assert.Equal([5L, 6L], level.Level.InQuarantine);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(9)]
    [InlineData(3)] // its contents were taken out again
    [InlineData(4)]
    public void Rollback_ToAVersionThatCannotBeMade_NamesThoseThatCan(long version)
    {
        TestLevel level = Folded(4);
        level.Level.Rollback(2, level.Level.Published.Number, level.Now);
        level.Save();
        UnknownVersionException error = Assert.Throws<UnknownVersionException>(() => level.Level.Rollback(version, level.Level.Published.Number, level.Now));
        Assert.Equal((version, "0 to 2"), (error.Version, error.Accepted));
    }

    [Fact]
    public void Rollback_BeforeTheLastFoldIsSaved_IsRefused()
    {
        TestLevel level = Folded(2);
        level.Submit("a");
        level.Level.Fold(level.Now);
        Assert.Throws<InvalidOperationException>(() => level.Level.Rollback(1, level.Level.Published.Number, level.Now));
    }

    [Fact]
    public void Replay_AfterARollback_BringsItBack()
    {
        TestLevel level = Folded(3);
        float[] third = level.Weights;
        level.Level.Rollback(1, level.Level.Published.Number, level.Now);
        level.Save();

        byte[] quarantine = level.QuarantineOf(4);
        level.Level.Replay(4, quarantine, level.Now);
        LineageEntry entry = level.Save();

        Assert.Equal((5L, FoldOutcome.Replayed, 4L, 120L), (entry.Version, entry.Outcome, entry.Of, entry.Events));
        GateTests.AssertClose(third, level.Weights);
        Assert.Empty(level.Level.InQuarantine);
        Assert.Equal(5, level.Level.FindReplay(4)?.Version);
        Assert.Throws<UnknownVersionException>(() => level.Level.Replay(4, quarantine, level.Now));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void Restart_AfterEveryKindOfVersion_IsTheSameToTheBit(int keptRounds)
    {
        RoundPolicy policy = new() { KeptRounds = keptRounds, Gate = new GatePolicy { MinProbes = 20 } };
        TestLevel kept = new(policy);
        TestLevel restarted = new(policy);
        foreach (TestLevel level in new[] { kept, restarted })
        {
            Then(level, () => level.Fold("a"));
            Then(level, () => level.Fold("b", 2000)); // more than the level's own state: a new base
            Then(level, () => level.Fold("bad", 6000, isWrong: true));
            Then(level, () => level.Fold("a"));
            if (keptRounds > 0) // A restart puts off a new base, so there the earlier rounds may be kept longer.
            {
                Then(level, () => Rollback(level, 1));
                Then(level, () => Replay(level, 5));
            }

            Then(level, () => level.Fold("c"));
        }

        Assert.Contains(kept.Level.Lineage, entry => entry.Outcome == FoldOutcome.Rejected);
        Assert.Equal(keptRounds > 0, kept.Level.Lineage.Any(entry => entry.Outcome == FoldOutcome.Replayed));
        Assert.Equal(kept.Weights, restarted.Weights);
        Assert.Equal(kept.Level.Lineage.Select(entry => (entry.Version, entry.Outcome, entry.Gate, entry.Events)), restarted.Level.Lineage.Select(entry => (entry.Version, entry.Outcome, entry.Gate, entry.Events)));
        Assert.Equal(kept.Level.InQuarantine, restarted.Level.InQuarantine);

        void Then(TestLevel level, Action act)
        {
            act();
            if (level == restarted)
            {
                level.Restart();
            }
        }
    }

    [Fact]
    public void Lineage_OfManyVersions_IsKeptWhole()
    {
        TestLevel level = new(new RoundPolicy { KeptRounds = 4 });
        for (int i = 0; i < 150; i++)
        {
            level.Fold("a", 8);
        }

        level.Restart();
        List<LineageEntry> all = [.. level.Level.Lineage];
        for (AttachmentName? older = level.Level.OlderLineage; older is not null;)
        {
            LineageSegment segment = LineageSegment.Read(level.Attachments[older]);
            all.InsertRange(0, segment.Entries);
            older = segment.Older;
        }

        Assert.Equal(Enumerable.Range(1, 150).Select(i => (long)i), all.Select(entry => entry.Version));
        Assert.InRange(level.Level.Lineage.Count, 1, 64);
        Assert.All(all, entry => Assert.Equal(entry.Version * 8, entry.Events));
    }

    private static void Rollback(TestLevel level, long version)
    {
        level.Level.Rollback(version, level.Level.Published.Number, level.Now);
        level.Save();
    }

    private static void Replay(TestLevel level, long version)
    {
        level.Level.Replay(version, level.QuarantineOf(version), level.Now);
        level.Save();
    }

    private static TestLevel Folded(int versions)
    {
        TestLevel level = new(new RoundPolicy());
        for (int i = 0; i < versions; i++)
        {
            level.Fold("a");
        }

        return level;
    }
}
