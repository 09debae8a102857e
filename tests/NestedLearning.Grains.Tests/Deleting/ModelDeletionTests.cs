using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Grains.Tests.Cluster;
using NestedLearning.Grains.Tests.Scheduling;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Deleting;

/// <summary>What a cluster takes away with a model, from a store that it cannot list.</summary>
public sealed class ModelDeletionTests
{
    private static readonly ModelId Model = new("m");
    private static readonly SourceId Source = new("client");
    private static readonly ClassifierSpec Spec = new() { Features = 64, Period = 5, PeriodGrowth = 0 };
    private static readonly RoundPolicy Policy = new() { Forgettable = true, KeptRounds = 2 };

    /// <summary>Who goes on with a deletion that was cut short.</summary>
    public enum Next
    {
        /// <summary>Nobody but a reminder.</summary>
        Reminder,

        /// <summary>Somebody who deletes the model again.</summary>
        Deletion,

        /// <summary>Somebody who makes another one of the name.</summary>
        Creation,
    }

    [Theory]
    [InlineData(Next.Reminder)]
    [InlineData(Next.Deletion)]
    [InlineData(Next.Creation)]
    public async Task DeleteModelAsync_CutOffAtAnyWrite_IsFinishedByWhatComesNext(Next next)
    {
        MemoryTierStore stored = new();
        BreakingStore store = new(stored) { WritesLeft = int.MaxValue };
        DurableReminders reminders = new();
        await using TestTiers tiers = await TestTiers.StartAsync(1, store, build: reminders.AddTo);
        int writes = 0;
        int begun = 0;
        for (bool isWhole = false; !isWhole; writes++)
        {
            await LearnAsync(tiers, ["a", "b", "c"]);
            Assert.InRange(await KeysAsync(stored).CountAsync(), 8, 1000);
            store.WritesLeft = writes;
            isWhole = !await FailsAsync(tiers);
            store.WritesLeft = int.MaxValue;
            begun += await IsMarkedAsync(stored) ? 1 : 0;
            Assert.Equal(isWhole, reminders.Rows.Count == 0);
            ReminderEntry[] early = [.. reminders.Rows];
            if (next == Next.Creation && writes > 0)
            {
                await tiers.CreateModelAsync(Model, Spec with { Ridge = 1 }, Policy, default);
                await LearnAsync(tiers, ["a", "d"], Spec with { Ridge = 1 });
                await DurableReminders.TickAsync(early, tiers.Cluster.Client);
                await UntilAsync(() => ValueTask.FromResult(reminders.Rows.Count == 0));

                Assert.InRange(Assert.Single(await tiers.GetLevelsAsync(Model, default)).Events, 12, 24);
                Assert.Equal(12, (await tiers.GetMemoryAsync(Memory("a"), default)).Learned);
                Assert.Equal(12, (await tiers.GetMemoryAsync(Memory("d"), default)).Learned);
                Assert.Equal([Model], await tiers.GetModelsAsync(default));
            }

            if (next != Next.Reminder || writes == 0)
            {
                await tiers.DeleteModelAsync(Model, default);
            }

            await reminders.TickUntilNoneAsync(tiers.Cluster.Client);
            Assert.Empty(await KeysAsync(stored).ToListAsync());
            Assert.Empty(await tiers.GetModelsAsync(default));
        }

        Assert.InRange(writes, 10, 100);
        Assert.True(begun > 10, $"only {begun} deletions were cut off on their way");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public async Task DeleteModelAsync_SiloCrashesOnTheWay_AnotherOneFinishesIt(int writes)
    {
        MemoryTierStore stored = new();
        BreakingStore store = new(stored) { WritesLeft = int.MaxValue };
        DurableReminders reminders = new();
        await using TestTiers tiers = await TestTiers.StartAsync(1, store, build: reminders.AddTo);
        await LearnAsync(tiers, ["a", "b"]);
        store.WritesLeft = writes;
        Assert.True(await FailsAsync(tiers));
        await tiers.CrashSiloOfAsync(tiers.Cluster.Client.GetGrain<IModelGrain>(Model.Value));
        store.WritesLeft = int.MaxValue;

        await reminders.TickUntilNoneAsync(tiers.Cluster.Client);

        Assert.Empty(await KeysAsync(stored).ToListAsync());
        Assert.Empty(await tiers.GetModelsAsync(default));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public async Task DeleteModelAsync_ClusterEndsOnTheWayAndItsReminders_IsFinishedByTheNextStart(int writes)
    {
        MemoryTierStore stored = new();
        BreakingStore store = new(stored) { WritesLeft = int.MaxValue };
        await using (TestTiers tiers = await TestTiers.StartAsync(1, store))
        {
            await LearnAsync(tiers, ["a", "b"]);
            store.WritesLeft = writes;
            Assert.True(await FailsAsync(tiers));
            store.WritesLeft = int.MaxValue;
        }

        await using TestTiers next = await TestTiers.StartAsync(1, stored);

        await UntilAsync(async () => !await KeysAsync(stored).AnyAsync() && (await next.GetModelsAsync(default)).Count == 0);
    }

    [Fact]
    public async Task Start_NameIsLeftOfAModel_IsTakenAway()
    {
        MemoryTierStore stored = new();
        await stored.SaveAsync(StateKey.Models(), """["m"]"""u8.ToArray(), null, default);

        await using TestTiers tiers = await TestTiers.StartAsync(1, stored);

        await UntilAsync(async () => (await tiers.GetModelsAsync(default)).Count == 0);
    }

    [Fact]
    public async Task DeleteModelAsync_RemindersAreAway_RefusesAndDeletesNothing()
    {
        DurableReminders reminders = new();
        await using TestTiers tiers = await TestTiers.StartAsync(1, new MemoryTierStore(), build: reminders.AddTo);
        await LearnAsync(tiers, ["a"]);
        reminders.IsAway = true;

        StoreException error = await Assert.ThrowsAsync<StoreException>(async () => await tiers.DeleteModelAsync(Model, default));

        Assert.Equal(StoreProblem.Unavailable, error.Problem);
        Assert.Equal(12, Assert.Single(await tiers.GetLevelsAsync(Model, default)).Events);
    }

    [Fact]
    public async Task DeleteModelAsync_ThreeSilosAndMadeAnew_NoSiloAnswersFromTheOldOne()
    {
        await using TestTiers tiers = await TestTiers.StartAsync(3, new MemoryTierStore());
        for (int round = 0; round < 3; round++)
        {
            await LearnAsync(tiers, Tenants);
            Assert.True(await tiers.DeleteModelAsync(Model, default));
            await tiers.CreateModelAsync(Model, Spec, Policy, default);
            foreach (string tenant in Tenants)
            {
                IReadOnlyList<Prediction> answers = await tiers.PredictAsync(Memory(tenant), [.. Events(1, 6).Select(given => given.Input)], default);
                Assert.All(answers, answer => Assert.Null(answer.Label));
                Assert.Equal(0, (await tiers.GetMemoryAsync(Memory(tenant), default)).Learned);
            }
        }
    }

    private static IEnumerable<string> Tenants => Enumerable.Range(0, 12).Select(i => $"t{i}").Append("a");

    private static MemoryAddress Memory(string tenant) => new(Model, new TenantId(tenant));

    private static LearningEvent[] Events(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new LearningEvent(i, new FeatureInput(new SparseVector(new ushort[] { (ushort)(i % 64) }, new float[] { 1 })), $"class-{i % 3}"))];

    private static IAsyncEnumerable<StateKey> KeysAsync(MemoryTierStore store) => store.ListAsync(StateKey.PrefixOf(Model), default);

    private static async Task<bool> FailsAsync(TestTiers tiers)
    {
        try
        {
            await tiers.DeleteModelAsync(Model, default);
            return false;
        }
        catch (StoreException)
        {
            return true;
        }
    }

    private static async ValueTask<bool> IsMarkedAsync(MemoryTierStore store) => await store.LoadAsync(StateKey.Deletion(Model), default) is not null;

    private static Task UntilAsync(Func<ValueTask<bool>> condition) => ScheduleCluster.UntilAsync(condition);

    private static async Task LearnAsync(TestTiers tiers, IEnumerable<string> tenants, ClassifierSpec? spec = null)
    {
        await tiers.CreateModelAsync(Model, spec ?? Spec, Policy, default);
        foreach (string tenant in tenants)
        {
            await tiers.FeedAsync(Memory(tenant), Source, Events(1, 12), default);
        }

        await tiers.FlushAsync(Memory("a"), Source, default);
    }
}
