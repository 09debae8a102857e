using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Consolidation;

/// <summary>Rounds whose events several shards add up.</summary>
public class ShardTests
{
    private static readonly RoundPolicy Sharded = new() { Shards = 3 };

    [Fact]
    public void CutRound_ManyEvents_IsOnePartAShardInFoldOrder()
    {
        TestLevel level = new(Sharded);
        SubmitRound(level);
        Assert.Equal([0, 1, 2], level.Level.CutRound().All.Select(part => part.Shard));
    }

    [Theory]
    [InlineData(4, 30, 0)] // so few stay with the owner
    [InlineData(5, 30, 2)]
    [InlineData(1, 5000, 1)] // an update stays whole
    [InlineData(2, 5000, 2)]
    public void CutRound_NotEnoughForAll_IsFewerParts(int sources, int events, int parts)
    {
        TestLevel level = new(Sharded);
        SubmitRound(level, sources, events);
        Assert.Equal(parts, level.Level.CutRound().All.Count);
    }

    [Fact]
    public void Fold_Sharded_IsTheVersionOfOneShardToTheRounding()
    {
        TestLevel alone = new(new RoundPolicy());
        TestLevel sharded = new(Sharded);
        foreach (TestLevel level in new[] { alone, sharded })
        {
            SubmitRound(level);
            level.Level.Fold(level.Now);
            level.Save();
            level.Fold("a", 7);
        }

        GateTests.AssertClose(alone.Weights, sharded.Weights);
        Assert.Equal(alone.Level.Lineage.Select(entry => entry.Events), sharded.Level.Lineage.Select(entry => entry.Events));
    }

    [Fact]
    public void Fold_PartsFromAnotherMachine_IsTheSameToTheBit()
    {
        TestLevel here = new(Sharded);
        TestLevel there = new(Sharded);
        SubmitRound(here);
        SubmitRound(there);
        here.Level.Fold(here.Now);
        RoundParts parts = there.Level.CutRound();
        foreach (RoundPart part in parts.All.Skip(1))
        {
            part.Take(RoundPart.AddUp(TestLevel.Model, there.CreateShard(), part.Pack()));
        }

        there.Level.Fold(there.Now, parts);

        Assert.Equal(here.Sums, there.Sums);
    }

    [Fact]
    public void Fold_PartsOfARoundThatHasGrown_AddsTheGrownRound()
    {
        TestLevel level = new(Sharded);
        SubmitRound(level);
        RoundParts parts = level.Level.CutRound();
        level.Submit("late", 40);

        level.Level.Fold(level.Now, parts);

        Assert.Equal((8 * 128) + 40, level.Save().Events);
    }

    [Fact]
    public void Fold_PartThatAnotherMachineMadeWrong_IsAddedUpHere()
    {
        TestLevel level = new(Sharded);
        TestLevel expected = new(Sharded);
        SubmitRound(level);
        SubmitRound(expected);
        RoundParts parts = level.Level.CutRound();
        parts.All[1].Take(RoundPart.AddUp(TestLevel.Model, level.CreateShard(), parts.All[2].Pack()));
        parts.All[2].Take(RoundPart.AddUp(TestLevel.Model, level.CreateShard(), parts.All[2].Pack()));

        level.Level.Fold(level.Now, parts);
        expected.Level.Fold(expected.Now);

        Assert.Equal(expected.Sums, level.Sums);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(500L)]
    public void Restart_AfterEverythingThatCanHappen_IsTheSameToTheBit(long? halfLife)
    {
        RoundPolicy policy = Sharded with { Gate = new GatePolicy { MinProbes = 20 }, KeptRounds = 1000, Forgettable = true };
        TestLevel kept = new(policy, halfLife);
        TestLevel restarted = new(policy, halfLife);
        foreach (Action<TestLevel> step in Everything())
        {
            step(kept);
            step(restarted);
            restarted.Restart();
            Assert.Equal(kept.Sums, restarted.Sums);
        }

        Assert.Equal(
            [FoldOutcome.Folded, FoldOutcome.Folded, FoldOutcome.Rejected, FoldOutcome.RolledBack, FoldOutcome.Replayed, FoldOutcome.Forgotten, FoldOutcome.Folded],
            kept.Level.Lineage.Select(entry => entry.Outcome));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void Validate_ShardsOutOfRange_NamesThem(int shards) =>
        Assert.Contains($"Shards is {shards}, accepted: 1 to 256", Assert.Throws<InvalidPolicyException>(() => new RoundPolicy { Shards = shards }.Validate()).Message, StringComparison.Ordinal);

    [Fact]
    public void Create_ShardsOfALevelWhoseUpdatesAreNoSums_IsRefused() =>
        Assert.Contains("Shards is 3", Assert.Throws<InvalidPolicyException>(() =>
            new Consolidator(TestLevel.Model, new WalkSpec(UpdateKind.Delta, new OuterSettings()), WalkSpec.Walk, Sharded, FrameLimits.Default, 1)).Message, StringComparison.Ordinal);

    private static IEnumerable<Action<TestLevel>> Everything()
    {
        yield return FoldRound;
        yield return FoldRound;
        yield return level =>
        {
            SubmitRound(level, 8, 128, isWrong: true);
            level.Level.Fold(level.Now);
            level.Save();
        };
        yield return level =>
        {
            level.Level.Rollback(1, level.Level.Published.Number, level.Now);
            level.Save();
        };
        yield return level =>
        {
            level.Level.Replay(4, level.QuarantineOf(4), level.Now);
            level.Save();
        };
        yield return level => level.Forget("s3").Count();
        yield return FoldRound;
    }

    private static void FoldRound(TestLevel level)
    {
        SubmitRound(level);
        level.Level.Fold(level.Now);
        level.Save();
    }

    private static void SubmitRound(TestLevel level, int sources = 8, int events = 128, bool isWrong = false)
    {
        for (int i = 0; i < sources; i++)
        {
            level.Submit($"s{i}", events, label => TestLevel.Name(isWrong ? label + 1 : label));
        }
    }
}
