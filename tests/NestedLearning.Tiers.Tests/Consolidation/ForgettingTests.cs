using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Consolidation;

public class ForgettingTests
{
    private const float Telling = 0.7371f;

    public static TheoryData<int, bool, FloatEncoding> Policies => new()
    {
        { 0, false, FloatEncoding.Float32 },
        { 16, false, FloatEncoding.Float32 },
        { 1, true, FloatEncoding.Float32 },
        { 2, false, FloatEncoding.Int8 },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void Forget_SourceOfManyRounds_EqualsALevelThatNeverSawIt(int keptRounds, bool isGated, FloatEncoding encoding)
    {
        RoundPolicy policy = new() { Forgettable = true, KeptRounds = keptRounds, Gate = isGated ? new GatePolicy { MinProbes = 20 } : null };
        TestLevel level = new(policy with { VersionEncoding = encoding });
        TestLevel clean = new(policy);
        Learn(level, withTenant: true);
        Learn(clean, withTenant: false);
        long before = level.Level.Published.Number;

        LineageEntry made = level.Forget("tenant").First(entry => entry.Outcome == FoldOutcome.Forgotten);
        Finish(level);

        Assert.Equal((before + 1, clean.Level.Published.Events), (made.Version, made.Events));
        Assert.Equal(("tenant", 1L, 4L, 4040L), made.LeftOut.Select(source => (source.Source, source.First, source.Last, source.Events)).Single());
        GateTests.AssertClose(clean.Weights, level.Weights);
        Assert.Equal(CountsOf(clean), CountsOf(level));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, true)]
    public void Forget_AfterACrashAnywhere_IsFinishedByTheNext(int keptRounds, bool isRestartedFirst)
    {
        RoundPolicy policy = new() { Forgettable = true, KeptRounds = keptRounds, Gate = new GatePolicy { MinProbes = 20 } };
        TestLevel clean = new(policy);
        Learn(clean, withTenant: false);
        int steps = 0;
        for (bool isWhole = false; !isWhole; steps++)
        {
            TestLevel level = new(policy);
            List<byte[]> updates = Learn(level, withTenant: true);
            Assert.True(IsStored(level, updates)); // or the test would find nothing in any case
            if (isRestartedFirst)
            {
                level.Restart();
            }

            isWhole = level.Forget("tenant").Take(steps).Count() < steps;
            level.Restart();
            Finish(level);

            GateTests.AssertClose(clean.Weights, level.Weights);
            Assert.False(IsStored(level, updates));
            Assert.Single(level.Level.Lineage, entry => entry.Outcome == FoldOutcome.Forgotten);
            float[] weights = level.Weights;
            level.Restart();
            Assert.Equal(weights, level.Weights);
            Assert.False(level.Level.IsErasing);
            level.Fold("a");
        }

        Assert.InRange(steps, 4, 100);
    }

    [Fact]
    public void Forget_ThenRestarted_IsTheSameToTheBit()
    {
        RoundPolicy policy = new() { Forgettable = true, KeptRounds = 1, Gate = new GatePolicy { MinProbes = 20 } };
        TestLevel kept = new(policy);
        TestLevel restarted = new(policy);
        foreach (TestLevel level in new[] { kept, restarted })
        {
            Learn(level, withTenant: true);
            using IEnumerator<LineageEntry> steps = level.Forget("tenant").GetEnumerator();
            while (steps.MoveNext() && steps.Current.Outcome != FoldOutcome.Forgotten)
            {
            }
        }

        restarted.Restart();
        Finish(kept);
        Finish(restarted);
        kept.Fold("b");
        restarted.Fold("b");
        Assert.Equal(kept.Weights, restarted.Weights);
        Assert.Equal(kept.Level.Lineage[^1].Gate, restarted.Level.Lineage[^1].Gate);
    }

    [Fact]
    public void Forget_UpdatesThatComeLate_NeverCountAndNewOnesDo()
    {
        TestLevel level = new(new RoundPolicy { Forgettable = true });
        level.Fold("a");
        level.Fold("tenant");
        byte[] late = level.Encode("tenant", 2, 40, TestLevel.Name);
        byte[] open = level.Submit("tenant");
        Finish(level);
        Receipt after = level.ReceiptFor("tenant");

        Assert.Equal(after, level.Level.Submit(open, level.Now));
        Assert.Equal(after, level.Level.Submit(late, level.Now));
        Assert.Equal((false, after.AppliedThrough), (level.Level.HasOpenRound, after.DurableThrough));

        level.Restart();
        Assert.Equal(after, level.ReceiptFor("tenant"));
        level.Level.Submit(level.Encode("tenant", after.DurableThrough + 1, 40, TestLevel.Name), level.Now);
        level.Level.Fold(level.Now);
        Assert.Equal(80, level.Save().Events);
    }

    [Fact]
    public void Forget_ASecondTimeOrANobody_MakesNoVersion()
    {
        TestLevel level = new(new RoundPolicy { Forgettable = true });
        level.Fold("a");
        level.Fold("tenant");
        Finish(level);
        Finish(level);
        Finish(level, "nobody");
        Assert.Equal((3L, false), (level.Level.Published.Number, level.Level.IsErasing));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forget_SourceWhoseFirstUpdateIsStillOnItsWay_NeverTakesIt(bool isAfterAFold)
    {
        TestLevel level = new(new RoundPolicy { Forgettable = true });
        byte[] late = level.Encode("tenant", 1, 40, TestLevel.Name);
        if (isAfterAFold)
        {
            level.Fold("a");
        }

        Finish(level);
        level.Restart();
        Receipt receipt = level.Level.Submit(late, level.Now);

        Assert.False(level.Level.HasOpenRound);
        Assert.InRange(receipt.DurableThrough, 2, long.MaxValue);
        Assert.Equal(isAfterAFold ? 40 : 0, level.Level.Published.Events);
    }

    [Fact]
    public void Forget_LevelThatKeepsNoUpdates_IsRefused()
    {
        TestLevel level = new(new RoundPolicy());
        level.Fold("tenant");
        NotForgettableException error = Assert.Throws<NotForgettableException>(() => level.Forget("tenant").Count());
        Assert.Equal((ClassifierSpec.SlowLevel, 1L), (error.Level, level.Level.Published.Number));
        Assert.Empty(level.Forget("nobody"));
    }

    [Fact]
    public void Forget_SourceOfAnOpenRound_DropsItsPart()
    {
        TestLevel level = new(new RoundPolicy { Forgettable = true });
        level.Submit("a");
        level.Submit("tenant");
        LineageEntry made = level.Forget("tenant").First();
        Assert.Equal((0L, 0), (made.Events, made.LeftOut.Count));
        level.Level.Fold(level.Now);
        Assert.Equal("a", Assert.Single(level.Save().Sources).Source);
    }

    [Fact]
    public void Forget_UpdatesInQuarantine_LeavesThoseOfOthers()
    {
        TestLevel level = RolledBack(out byte[] update);
        level.Fold("tenant");
        level.Level.Rollback(3, 4, level.Now);
        level.Save();
        Assert.Equal([3L, 5], level.Level.InQuarantine);

        Finish(level);

        Assert.Equal([3L], level.Level.InQuarantine);
        Assert.False(IsStored(level, [update]));
        level.Level.Replay(3, level.QuarantineOf(3), level.Now);
        Assert.Equal("b", Assert.Single(level.Save().Sources).Source);
    }

    [Fact]
    public void Forget_UpdatesThatCameBackFromQuarantine_LeavesNothingOfItEither()
    {
        TestLevel level = RolledBack(out byte[] update);
        level.Level.Replay(3, level.QuarantineOf(3), level.Now);
        level.Save();
        level.Restart();

        Finish(level);

        Assert.False(IsStored(level, [update]));
        Assert.Equal(80, level.Level.Published.Events);
    }

    [Fact]
    public void Rollback_BehindAForgottenSource_IsRefused()
    {
        TestLevel level = new(new RoundPolicy { Forgettable = true });
        level.Fold("a");
        level.Fold("tenant");
        level.Fold("a");
        Finish(level);
        level.Fold("a");

        Assert.False(level.Level.CanGoBackTo(3));
        UnknownVersionException error = Assert.Throws<UnknownVersionException>(() => level.Level.Rollback(3, 5, level.Now));
        Assert.Equal("4", error.Accepted);
        level.Level.Rollback(4, 5, level.Now);
        Assert.Equal(80, level.Save().Events);
    }

    [Fact]
    public void Forget_OneAfterAnother_LeavesTheRest()
    {
        TestLevel level = new(new RoundPolicy { Forgettable = true, KeptRounds = 0 });
        TestLevel clean = new(new RoundPolicy());
        Learn(level, withTenant: true);
        clean.Fold("a", 3000);
        clean.Fold("a", 2000);
        Finish(level);
        level.Restart();
        Assert.Equal(2100, level.Forget("b").First(entry => entry.Outcome == FoldOutcome.Forgotten).LeftOut.Sum(source => source.Events));
        Finish(level, "b");
        level.Restart();
        Assert.Equal(clean.Level.Published.Events, level.Level.Published.Events);
        GateTests.AssertClose(clean.Weights, level.Weights);
    }

    /// <summary>Enough for several bases, with the tenant in archives, in the journal, and in quarantine.</summary>
    /// <summary>Version 3 is version 1 again, without updates of a tenant and another source, which are in quarantine.</summary>
    private static TestLevel RolledBack(out byte[] ofTheTenant)
    {
        TestLevel level = new(new RoundPolicy { Forgettable = true });
        level.Fold("a");
        ofTheTenant = level.Submit("tenant");
        level.Fold("b");
        level.Level.Rollback(1, 2, level.Now);
        level.Save();
        return level;
    }

    private static List<byte[]> Learn(TestLevel level, bool withTenant)
    {
        List<byte[]> updates = [];
        level.Fold("a", 3000);
        Tenant(2000);
        level.Fold("b", 2000);
        Tenant(1000);
        Tenant(1000);
        level.Fold("a", 2000);
        Tenant(40);
        level.Fold("b", 100);
        return updates;

        void Tenant(int events)
        {
            if (withTenant)
            {
                level.Strength = Telling;
                updates.Add(level.Submit("tenant", events));
                level.Level.Fold(level.Now);
                level.Save();
                level.Strength = 0.8f;
            }
        }
    }

    private static void Finish(TestLevel level, string source = "tenant")
    {
        foreach (LineageEntry _ in level.Forget(source))
        {
        }
    }

    /// <summary>Whether an update, or an event of it, is in anything that is stored.</summary>
    private static bool IsStored(TestLevel level, List<byte[]> updates)
    {
        byte[] telling = BitConverter.GetBytes(Telling);
        return level.Blobs.Any(blob => blob.AsSpan().IndexOf(telling) >= 0 || updates.Any(update => blob.AsSpan().IndexOf(update) >= 0));
    }

    private static long[] CountsOf(TestLevel level) => level.Level.Published.Tensors.Get<IntegerTensor>("counts").Values.ToArray();
}
