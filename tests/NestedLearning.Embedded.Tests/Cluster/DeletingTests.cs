using NestedLearning.Contracts;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Cluster;

/// <summary>What is stored while a model is deleted, and after.</summary>
public class DeletingTests
{
    private static readonly ModelId Model = new("m");
    private static readonly ModelId Other = new("other");
    private static readonly SourceId Source = new("client");
    private static readonly ClassifierSpec Spec = new() { Features = 64, Period = 5, PeriodGrowth = 0 };
    private static readonly RoundPolicy Policy = new() { Forgettable = true, KeptRounds = 2 };
    private static readonly EmbeddedOptions Options = new() { FoldThreads = 1 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DeleteModelAsync_CutOffAtAnyWrite_IsFinishedByTheNextProcess(bool byMakingItAnew)
    {
        int writes = 0;
        int begun = 0;
        for (bool isWhole = false; !isWhole; writes++)
        {
            MemoryTierStore stored = new();
            await LearnAsync(stored);
            isWhole = await DeleteAsync(new BreakingStore(stored) { WritesLeft = writes });
            bool isMarked = await stored.LoadAsync(StateKey.Deletion(Model), default) is not null;
            begun += isMarked ? 1 : 0;

            await using EmbeddedCluster cluster = new(stored, Options);
            bool isThere = await IsKnownAsync(cluster);
            Assert.True(isThere ? writes == 0 : isMarked || isWhole || await IsGoneAsync(stored));
            Assert.Equal(isThere || (!isMarked && !isWhole), (await cluster.GetModelsAsync(default)).Contains(Model)); // A name goes last.
            if (byMakingItAnew && !isThere)
            {
                await cluster.CreateModelAsync(Model, Spec with { Ridge = 1 }, new RoundPolicy(), default);
                Assert.Equal(0, Assert.Single(await cluster.GetLevelsAsync(Model, default)).Events);
                Assert.Equal(0, (await cluster.GetMemoryAsync(new MemoryAddress(Model, new TenantId("a")), default)).Learned);
                Assert.Empty(await cluster.Schedules.ListAsync(Model, default));
            }
            else
            {
                await cluster.FinishDeletionsAsync(default);
                Assert.Equal(isThere, await cluster.DeleteModelAsync(Model, default));
                Assert.True(await IsGoneAsync(stored));
                Assert.Equal([Other], await cluster.GetModelsAsync(default));
            }

            Assert.Equal(60, Assert.Single(await cluster.GetLevelsAsync(Other, default)).Events);
        }

        Assert.InRange(writes, 8, 200);
        Assert.True(begun > 5, $"only {begun} deletions were cut off on their way");
    }

    [Fact]
    public async Task DeleteModelAsync_ModelWhoseMakingWasCutShort_TakesAwayWhatIsThere()
    {
        MemoryTierStore stored = new();
        await stored.SaveAsync(StateKey.Models(), "[\"m\"]"u8.ToArray(), null, default);
        await stored.SaveAsync(StateKey.Initial(Model, "abc", ClassifierSpec.SlowLevel, 0), new byte[10], null, default);
        await using EmbeddedCluster cluster = new(stored, Options);

        Assert.True(await cluster.DeleteModelAsync(Model, default));

        Assert.True(await IsGoneAsync(stored));
        Assert.Empty(await cluster.GetModelsAsync(default));
        Assert.False(await cluster.DeleteModelAsync(Model, default));
    }

    [Fact]
    public async Task CreateModelAsync_WhileItIsBeingDeleted_MakesOneThatIsNamed()
    {
        MemoryTierStore stored = new();
        await LearnAsync(stored);
        await using EmbeddedCluster cluster = new(stored, Options);
        for (int i = 0; i < 20; i++)
        {
            Task<bool> deletion = cluster.DeleteModelAsync(Model, default).AsTask();
            await cluster.CreateModelAsync(Model, Spec, Policy, default);
            await deletion;

            bool isThere = await IsKnownAsync(cluster); // Whichever was the last.
            Assert.Equal(isThere, (await cluster.GetModelsAsync(default)).Contains(Model));
            Assert.Equal(!isThere, await IsGoneAsync(stored));
        }
    }

    [Fact]
    public async Task DeleteModelAsync_WithSchedulesAndSnapshots_TakesThemAlong()
    {
        MemoryTierStore stored = new();
        await LearnAsync(stored);
        await using (EmbeddedCluster cluster = new(stored, Options))
        {
            await cluster.StartSchedulesAsync(default);
            ScheduleAddress nightly = new(Model, new ScheduleId("nightly"));
            await cluster.Schedules.RunAsync(nightly, RunTicket.Next(), default);
            Assert.NotEmpty(await stored.ListAsync("m/snapshots/", default).ToListAsync());

            Assert.True(await cluster.DeleteModelAsync(Model, default));

            Assert.True(await IsGoneAsync(stored));
            await Assert.ThrowsAsync<UnknownScheduleException>(async () => await cluster.Schedules.RunAsync(nightly, RunTicket.Next(), default));
            await cluster.CreateModelAsync(Model, Spec, Policy, default);
            Assert.Empty(await cluster.Schedules.ListAsync(Model, default));
        }

        await using EmbeddedCluster again = new(stored, Options);
        Assert.Empty(await again.Schedules.ListAsync(Model, default));
    }

    [Fact]
    public async Task DeleteModelAsync_StoreThatCannotList_IsRefusedAndLeavesTheModel()
    {
        await using EmbeddedCluster cluster = new(new Unlisted(new MemoryTierStore()), Options);
        await cluster.CreateModelAsync(Model, Spec, Policy, default);

        StoreException error = await Assert.ThrowsAsync<StoreException>(async () => await cluster.DeleteModelAsync(Model, default));

        Assert.Contains(nameof(ITierStoreListing), error.Message, StringComparison.Ordinal);
        Assert.True(await IsKnownAsync(cluster));
    }

    [Fact]
    public async Task DeleteModelAsync_WhileManyFeed_RefusesThemAndLeavesNothing()
    {
        MemoryTierStore stored = new();
        await LearnAsync(stored);
        await using EmbeddedCluster cluster = new(stored, Options);
        Task[] feeds = [.. Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            for (int first = 1; ; first += 3)
            {
                await cluster.FeedAsync(new MemoryAddress(Model, new TenantId($"t{i}")), Source, Events(first, 3), default);
            }
        }))];
        while (Assert.Single(await cluster.GetLevelsAsync(Model, default)).Version < 20)
        {
            await Task.Yield();
        }

        await cluster.DeleteModelAsync(Model, default);

        foreach (Task feed in feeds)
        {
            await Assert.ThrowsAsync<UnknownModelException>(() => feed);
        }

        Assert.True(await IsGoneAsync(stored));
    }

    private static async Task<bool> DeleteAsync(BreakingStore store)
    {
        EmbeddedCluster cut = new(store, Options);
        try
        {
            return await cut.DeleteModelAsync(Model, default);
        }
        catch (StoreException)
        {
            return false; // The process ends here: nothing of it is closed.
        }
    }

    private static async Task<bool> IsKnownAsync(EmbeddedCluster cluster)
    {
        try
        {
            return await cluster.GetModelAsync(Model, default) is not null;
        }
        catch (UnknownModelException)
        {
            return false;
        }
    }

    private static async Task<bool> IsGoneAsync(MemoryTierStore store) => !await store.ListAsync(StateKey.PrefixOf(Model), default).AnyAsync();

    private static LearningEvent[] Events(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new LearningEvent(i, new FeatureInput(new SparseVector(new ushort[] { (ushort)(i % 64) }, new float[] { 1 })), $"class-{i % 3}"))];

    private static async Task LearnAsync(MemoryTierStore store)
    {
        await using EmbeddedCluster cluster = new(store, Options);
        foreach (ModelId model in new[] { Model, Other })
        {
            await cluster.CreateModelAsync(model, Spec, Policy, default);
            foreach (string tenant in new[] { "a", "b" })
            {
                MemoryAddress memory = new(model, new TenantId(tenant));
                await cluster.FeedAsync(memory, Source, Events(1, 30), default);
                await cluster.FlushAsync(memory, Source, default);
            }

            await cluster.Schedules.SetAsync(model, new ScheduleSpec(new ScheduleId("nightly"), ScheduledAction.Snapshot, "30 2 * * *"), default);
        }
    }

    /// <summary>A store as grain storage is.</summary>
    private sealed class Unlisted(MemoryTierStore inner) : ITierStore
    {
        public ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken) => inner.LoadAsync(key, cancellationToken);

        public ValueTask<string> SaveAsync(StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken) =>
            inner.SaveAsync(key, state, expectedETag, cancellationToken);

        public ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);
    }
}
