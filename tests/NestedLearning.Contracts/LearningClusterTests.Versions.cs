using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

public abstract partial class LearningClusterTests
{
    [Fact]
    public async Task GetVersionsAsync_OfSeveralFolds_NewestFirstInPages()
    {
        await using ILearningCluster cluster = await OpenWithFoldsAsync(3);

        IReadOnlyList<VersionRecord> newest = await cluster.GetVersionsAsync(Model, Slow, long.MaxValue, 2, default);
        IReadOnlyList<VersionRecord> older = await cluster.GetVersionsAsync(Model, Slow, 2, 10, default);

        Assert.Equal([3L, 2], newest.Select(version => version.Entry.Version));
        Assert.Equal([(1L, 5L, FoldOutcome.Folded)], older.Select(version => (version.Entry.Version, version.Entry.Events, version.Entry.Outcome)));
        Assert.Equal((true, false), (newest[0].IsCurrent, newest[0].CanGoBackTo));
        Assert.Equal((false, true), (newest[1].IsCurrent, newest[1].CanGoBackTo));
        Assert.Equal(("a", 2L, 5L), newest[1].Entry.Sources.Select(source => (source.Source, source.Last, source.Events)).Single());
    }

    [Fact]
    public async Task RollbackAsync_AndReplayAsync_TakeOutAndBringBackWhatWasFolded()
    {
        await using ILearningCluster cluster = await OpenWithFoldsAsync(3);
        float[] third = await WeightsAsync(cluster);

        LineageEntry back = await cluster.RollbackAsync(Model, Slow, 1, 3, default);
        LineageEntry again = await cluster.RollbackAsync(Model, Slow, 1, 3, default);

        Assert.Equal((4L, FoldOutcome.RolledBack, 1L, 5L), (back.Version, back.Outcome, back.Of, back.Events));
        Assert.Equal(4, again.Version); // the same call, repeated
        Assert.Equal((4L, 5L), ((await LevelAsync(cluster)).Version, (await LevelAsync(cluster)).Events));
        Assert.Equal(0, (await FeedAsync(cluster, "a", Events(1, 15))).Learned); // known, and not sent again
        Assert.True((await cluster.GetVersionsAsync(Model, Slow, long.MaxValue, 1, default)).Single().IsInQuarantine);

        LineageEntry replayed = await cluster.ReplayAsync(Model, Slow, 4, default);

        Assert.Equal((5L, FoldOutcome.Replayed, 15L), (replayed.Version, replayed.Outcome, replayed.Events));
        Assert.All(third.Zip(await WeightsAsync(cluster)), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.Equal(5, (await cluster.ReplayAsync(Model, Slow, 4, default)).Version);
    }

    [Fact]
    public async Task RollbackAsync_ThatCannotBe_SaysWhy()
    {
        await using ILearningCluster cluster = await OpenWithFoldsAsync(2);
        await Assert.ThrowsAsync<VersionConflictException>(async () => await cluster.RollbackAsync(Model, Slow, 0, 1, default));
        UnknownVersionException unknown = await Assert.ThrowsAsync<UnknownVersionException>(
            async () => await cluster.RollbackAsync(Model, Slow, 7, 2, default));
        Assert.Equal((7L, "0 to 1"), (unknown.Version, unknown.Accepted));
        await Assert.ThrowsAsync<UnknownVersionException>(async () => await cluster.ReplayAsync(Model, Slow, 1, default));
        await Assert.ThrowsAsync<UnknownLevelException>(async () => await cluster.RollbackAsync(Model, new LevelId("deep"), 0, 2, default));
        await Assert.ThrowsAsync<UnknownModelException>(async () => await cluster.GetVersionsAsync(new ModelId("none"), Slow, 9, 9, default));
    }

    [Fact]
    public async Task RollbackAsync_ThenOpenedAgain_IsStillRolledBack()
    {
        ITierStore store = CreateStore();
        float[] first;
        await using (ILearningCluster cluster = await OpenWithFoldsAsync(3, store))
        {
            await cluster.RollbackAsync(Model, Slow, 1, 3, default);
            first = await WeightsAsync(cluster);
        }

        await using ILearningCluster opened = await OpenAsync(store);
        Assert.Equal(first, await WeightsAsync(opened));
        await FeedAsync(opened, "a", Events(16, 5));
        await FlushAsync(opened, "a");
        Assert.Equal((5L, 10L), ((await LevelAsync(opened)).Version, (await LevelAsync(opened)).Events));
    }

    [Fact]
    public async Task RollbackAsync_ModelWithAHalfLife_MakesWholeWhatHadFadedAlsoAfterARestart()
    {
        ITierStore store = CreateStore();
        float[] second;
        await using (ILearningCluster cluster = await OpenAsync(store))
        {
            await cluster.CreateModelAsync(Model, Spec with { HalfLife = 4 }, Alone, default);
            await FoldAsync(cluster, folds: 2);
            second = await WeightsAsync(cluster);
        }

        await using ILearningCluster opened = await OpenAsync(store);
        Assert.Equal(second, await WeightsAsync(opened));
        await FeedAsync(opened, "b", [.. Events(1, 30).Select(other => other with { Label = "other" })]);
        await FlushAsync(opened, "b");
        Assert.NotEqual(second.Length, (await WeightsAsync(opened)).Length);

        await opened.RollbackAsync(Model, Slow, 2, (await LevelAsync(opened)).Version, default);

        float[] again = await WeightsAsync(opened); // [features, classes], and now with a class that has no events
        Assert.All(second.Chunk(3).Zip(again.Chunk(4)), row => Assert.All(row.First.Zip(row.Second), pair => Assert.Equal(pair.First, pair.Second, 1e-5f)));
    }

    [Fact]
    public async Task FlushAsync_GateRejectsTheRound_ReturnsAndTheVersionIsTheParent()
    {
        RoundPolicy policy = new() { Gate = new GatePolicy { MinProbes = 6, ProbesPerLabel = 2 } };
        await using ILearningCluster cluster = await OpenWithModelAsync(policy);
        await FeedAsync(cluster, "good", Events(1, 30));
        await FlushAsync(cluster, "good");

        await FeedAsync(cluster, "bad", [.. Events(1, 500).Select(wrong => wrong with { Label = $"class-{(wrong.Sequence + 1) % 3}" })]);
        Receipt marks = await FlushAsync(cluster, "bad");

        IReadOnlyList<VersionRecord> versions = await cluster.GetVersionsAsync(Model, Slow, long.MaxValue, 1000, default);
        Assert.Contains(versions, version => version.Entry.Outcome == FoldOutcome.Rejected && version.IsInQuarantine);
        Assert.All(versions.Where(version => version.Entry.Outcome == FoldOutcome.Rejected), version => Assert.Equal("bad", version.Entry.LeftOut.Single().Source));
        Assert.Equal(new Receipt(500, 500), marks);
    }

    [Fact]
    public async Task ConsolidateAsync_WithinAPeriod_FoldsWhatWasLearned()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        await FeedAsync(cluster, "a", Events(1, 3));
        await FeedAsync(cluster, "b", Events(1, 2));

        ConsolidationReport report = await cluster.ConsolidateAsync(Model, null, default);

        Assert.Equal((2, 5L), (report.Memories, Assert.Single(report.Levels).Events));
        Assert.Equal(5, (await LevelAsync(cluster)).Events);
        Assert.Equal(0, (await cluster.ConsolidateAsync(Model, Slow, default)).Memories);
        await Assert.ThrowsAsync<UnknownLevelException>(async () => await cluster.ConsolidateAsync(Model, new LevelId("deep"), default));
    }

    private async Task<ILearningCluster> OpenWithFoldsAsync(int folds, ITierStore? store = null)
    {
        ILearningCluster cluster = await OpenWithModelAsync(Alone, store);
        await FoldAsync(cluster, folds);
        return cluster;
    }

    private static async Task FoldAsync(ILearningCluster cluster, int folds)
    {
        for (int i = 0; i < folds; i++)
        {
            await FeedAsync(cluster, "a", Events(1 + (5 * i), 5));
            await FlushAsync(cluster, "a");
        }
    }
}
