using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Grains.Tests.Cluster;
using NestedLearning.Grains.Tests.Scheduling;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Forgetting;

/// <summary>What a cluster does with a tenant that was forgotten half.</summary>
public sealed class ForgettingGrainTests
{
    private static readonly ModelId Model = new("m");
    private static readonly SourceId Source = new("client");
    private static readonly TenantId Secret = new("secret");
    private static readonly ClassifierSpec Spec = new() { Features = 64, Period = 5, PeriodGrowth = 0, OneSidedTargets = false };
    private static readonly RoundPolicy Policy = new() { Forgettable = true, KeptRounds = 2 };

    /// <summary>Who goes on with it.</summary>
    public enum Next
    {
        /// <summary>Nobody but a reminder.</summary>
        Reminder,

        /// <summary>Somebody who asks for the same again.</summary>
        Attempt,

        /// <summary>The tenant, which is fed again.</summary>
        Event,
    }

    [Theory]
    [InlineData(Next.Reminder)]
    [InlineData(Next.Attempt)]
    [InlineData(Next.Event)]
    public async Task ForgetAsync_CutOffAtAnyWrite_IsFinishedByWhatComesNext(Next next)
    {
        MemoryTierStore stored = new();
        BreakingStore store = new(stored) { WritesLeft = int.MaxValue };
        DurableReminders reminders = new();
        await using TestTiers tiers = await TestTiers.StartAsync(1, store, build: reminders.AddTo);
        await LearnAsync(tiers, new TenantId("a"));
        int writes = 0;
        int begun = 0;
        for (bool isWhole = false; !isWhole; writes++)
        {
            await LearnAsync(tiers, Secret);
            Assert.Equal(24, await EventsAsync(tiers));
            store.WritesLeft = writes;
            isWhole = !await FailsAsync(tiers);
            store.WritesLeft = int.MaxValue;
            begun += await IsNotedAsync(stored) ? 1 : 0;
            Assert.Equal(isWhole, reminders.Rows.Count == 0);
            if (next == Next.Attempt || writes == 0)
            {
                await tiers.ForgetAsync(Model, Secret, default);
            }
            else if (next == Next.Event)
            {
                FeedReceipt receipt = await tiers.FeedAsync(Memory(Secret), Source, Events(1, 2), default);
                Assert.Equal(2, receipt.Learned); // It begins anew.
            }

            await reminders.TickUntilNoneAsync(tiers.Cluster.Client);
            Assert.False(await IsNotedAsync(stored));
            Assert.Equal(12, await EventsAsync(tiers));
            Assert.Equal(next == Next.Event && writes > 0 ? 2 : 0, (await tiers.GetMemoryAsync(Memory(Secret), default)).Learned);
            await tiers.ForgetAsync(Model, Secret, default);
        }

        Assert.InRange(writes, 5, 100);
        Assert.True(begun > 3, $"only {begun} were cut off on their way");
    }

    [Fact]
    public async Task ForgetAsync_ClusterEndsOnTheWayAndItsReminders_IsFinishedByTheNextStart()
    {
        MemoryTierStore stored = new();
        BreakingStore store = new(stored) { WritesLeft = int.MaxValue };
        await using (TestTiers tiers = await TestTiers.StartAsync(1, store))
        {
            await LearnAsync(tiers, new TenantId("a"));
            await LearnAsync(tiers, Secret);
            store.WritesLeft = 2;
            Assert.True(await FailsAsync(tiers));
            store.WritesLeft = int.MaxValue;
        }

        Assert.True(await IsNotedAsync(stored));
        await using TestTiers next = await TestTiers.StartAsync(1, stored);

        await ScheduleCluster.UntilAsync(async () => !await IsNotedAsync(stored));
        Assert.Equal(12, await EventsAsync(next));
        Assert.Null(await stored.LoadAsync(StateKey.Memory(Model, Secret), default));
    }

    [Fact]
    public async Task ForgetAsync_LevelThatKeepsNoUpdates_LeavesNoNoteAndNoReminder()
    {
        MemoryTierStore stored = new();
        DurableReminders reminders = new();
        await using TestTiers tiers = await TestTiers.StartAsync(1, stored, build: reminders.AddTo);
        await LearnAsync(tiers, Secret, new RoundPolicy());

        await Assert.ThrowsAsync<NotForgettableException>(async () => await tiers.ForgetAsync(Model, Secret, default));

        Assert.Empty(reminders.Rows);
        Assert.False(await IsNotedAsync(stored));
        Assert.Equal(12, (await tiers.GetMemoryAsync(Memory(Secret), default)).Learned);
    }

    [Fact]
    public async Task DeleteModelAsync_WhileATenantIsHalfForgotten_TakesThatAlong()
    {
        MemoryTierStore stored = new();
        BreakingStore store = new(stored) { WritesLeft = int.MaxValue };
        DurableReminders reminders = new();
        await using TestTiers tiers = await TestTiers.StartAsync(1, store, build: reminders.AddTo);
        await LearnAsync(tiers, Secret);
        store.WritesLeft = 2;
        Assert.True(await FailsAsync(tiers));
        store.WritesLeft = int.MaxValue;
        ReminderEntry[] early = [.. reminders.Rows];

        await tiers.DeleteModelAsync(Model, default);
        await LearnAsync(tiers, Secret);
        await DurableReminders.TickAsync(early, tiers.Cluster.Client);

        Assert.Empty(reminders.Rows);
        Assert.False(await IsNotedAsync(stored));
        Assert.Equal(12, await EventsAsync(tiers));
    }

    private static MemoryAddress Memory(TenantId tenant) => new(Model, tenant);

    private static LearningEvent[] Events(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new LearningEvent(i, new FeatureInput(new SparseVector(new ushort[] { (ushort)(i % 64) }, new float[] { 1 })), $"class-{i % 3}"))];

    private static async ValueTask<bool> IsNotedAsync(MemoryTierStore store) =>
        await store.LoadAsync(StateKey.Forgetting(Model), default) is { } noted && noted.Bytes.Span.IndexOf("secret"u8) >= 0;

    private static async Task<long> EventsAsync(TestTiers tiers) => Assert.Single(await tiers.GetLevelsAsync(Model, default)).Events;

    private static async Task LearnAsync(TestTiers tiers, TenantId tenant, RoundPolicy? policy = null)
    {
        await tiers.CreateModelAsync(Model, Spec, policy ?? Policy, default);
        await tiers.FeedAsync(Memory(tenant), Source, Events(1, 12), default);
        await tiers.FlushAsync(Memory(tenant), Source, default);
    }

    private static async Task<bool> FailsAsync(TestTiers tiers)
    {
        try
        {
            await tiers.ForgetAsync(Model, Secret, default);
            return false;
        }
        catch (StoreException)
        {
            return true;
        }
    }
}
