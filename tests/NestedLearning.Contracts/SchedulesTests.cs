using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <summary>What every engine promises of schedules. An engine's tests add a subclass that says how to open one.</summary>
public abstract partial class SchedulesTests
{
    private static readonly ModelId Model = new("m");
    private static readonly SourceId Source = new("client");
    private static readonly ScheduleSpec Hourly = new(new ScheduleId("hourly"), ScheduledAction.Consolidate, "0 * * * *");
    private static readonly ScheduleAddress Address = new(Model, Hourly.Id);

    /// <summary>Nothing goes up by itself: periods are long, and rounds wait for more memories than there are.</summary>
    private static readonly ClassifierSpec Spec = new() { Features = 64, Period = 1000 };
    private static readonly RoundPolicy Together = new() { MinContributors = 9, MaxWait = TimeSpan.FromDays(20), MaxInFlight = 64 };

    private readonly ManualTime _time = new();

    /// <summary>A store with nothing in it; the subclass cleans it up.</summary>
    protected abstract ITierStore CreateStore();

    /// <summary>Opens the engine on a store, which may hold what another one left, and starts its schedules.</summary>
    protected abstract ValueTask<ScheduledEngine> OpenAsync(ITierStore store, TimeProvider time);

    [Fact]
    public async Task SetAsync_ANewSchedule_IsListedWithItsNextTime()
    {
        await using ScheduledEngine engine = await OpenWithModelAsync();
        await engine.Schedules.SetAsync(Model, Hourly with { Id = new ScheduleId("second"), Cron = "30 2 * * *", TimeZone = "Asia/Tokyo" }, default);
        await engine.Schedules.SetAsync(Model, Hourly, default);

        IReadOnlyList<ScheduleStatus> schedules = await engine.Schedules.ListAsync(Model, default);

        Assert.Equal(["hourly", "second"], schedules.Select(schedule => schedule.Spec.Id.Value));
        Assert.Equal(new ScheduleStatus(Hourly, _time.GetUtcNow().AddHours(1), null), schedules[0]);
        Assert.Equal(_time.GetUtcNow().AddHours(17.5), schedules[1].Next); // 02:30 in Tokyo, which is nine hours ahead
        Assert.Empty(await engine.Schedules.GetRunsAsync(Address, default));
    }

    [Fact]
    public async Task DeleteModelAsync_ModelWithSchedules_LeavesNone()
    {
        ITierStore store = CreateStore();
        await using (ScheduledEngine engine = await OpenWithModelAsync(store: store))
        {
            await engine.Schedules.SetAsync(Model, Hourly, default);
            await engine.Schedules.RunAsync(Address, RunTicket.Next(), default);

            Assert.True(await engine.Cluster.DeleteModelAsync(Model, default));

            await Assert.ThrowsAsync<UnknownModelException>(async () => await engine.Schedules.ListAsync(Model, default));
            Assert.Null(await store.LoadAsync(StateKey.Schedule(Address), default));
            await engine.Cluster.CreateModelAsync(Model, Spec, Together, default);
            Assert.Empty(await engine.Schedules.ListAsync(Model, default));
            await Assert.ThrowsAsync<UnknownScheduleException>(async () => await engine.Schedules.GetRunsAsync(Address, default));
        }

        await using ScheduledEngine again = await OpenAsync(store, _time);
        Assert.Empty(await again.Schedules.ListAsync(Model, default));
    }

    [Fact]
    public async Task SetAsync_NotAccepted_SaysWhy()
    {
        await using ScheduledEngine engine = await OpenWithModelAsync();
        InvalidScheduleException invalid = await Assert.ThrowsAsync<InvalidScheduleException>(
            async () => await engine.Schedules.SetAsync(Model, Hourly with { Cron = "61 * * * *", Keep = 0 }, default));
        Assert.Equal(2, invalid.Violations.Count);
        await Assert.ThrowsAsync<InvalidScheduleException>(
            async () => await engine.Schedules.SetAsync(Model, Hourly with { Cron = "0 0 31 2 *" }, default));
        await Assert.ThrowsAsync<UnknownLevelException>(
            async () => await engine.Schedules.SetAsync(Model, Hourly with { Level = new LevelId("deep") }, default));
        await Assert.ThrowsAsync<UnknownModelException>(
            async () => await engine.Schedules.SetAsync(new ModelId("none"), Hourly, default));
        Assert.Empty(await engine.Schedules.ListAsync(Model, default));
    }

    [Fact]
    public async Task SetAsync_OfANameThatIsThere_ReplacesItAndKeepsTheRecords()
    {
        await using ScheduledEngine engine = await OpenWithModelAsync(Hourly);
        await engine.Schedules.RunAsync(Address, RunTicket.Next(), default);

        await engine.Schedules.SetAsync(Model, Hourly with { Cron = "15 * * * *" }, default);

        ScheduleStatus status = Assert.Single(await engine.Schedules.ListAsync(Model, default));
        Assert.Equal((_time.GetUtcNow().AddMinutes(15), 1), (status.Next, status.Last!.Number));
    }

    [Fact]
    public async Task AnyCall_UnknownNames_SaysSo()
    {
        await using ScheduledEngine engine = await OpenWithModelAsync();
        await Assert.ThrowsAsync<UnknownModelException>(async () => await engine.Schedules.ListAsync(new ModelId("none"), default));
        UnknownScheduleException error = await Assert.ThrowsAsync<UnknownScheduleException>(
            async () => await engine.Schedules.RunAsync(Address, RunTicket.Next(), default));
        Assert.Equal(Address, error.Schedule);
        await Assert.ThrowsAsync<UnknownScheduleException>(async () => await engine.Schedules.GetRunsAsync(Address, default));
        await Assert.ThrowsAsync<UnknownScheduleException>(async () => await engine.Schedules.RemoveAsync(Address, default));
    }

    [Fact]
    public async Task RemoveAsync_ASchedule_IsGoneAndNeverRuns()
    {
        await using ScheduledEngine engine = await OpenWithModelAsync(Hourly);

        await engine.Schedules.RemoveAsync(Address, default);

        Assert.Empty(await engine.Schedules.ListAsync(Model, default));
        await AdvanceAsync(engine, TimeSpan.FromHours(3));
        await engine.Schedules.SetAsync(Model, Hourly, default);
        Assert.Empty(await engine.Schedules.GetRunsAsync(Address, default));
    }

    [Fact]
    public async Task Time_Comes_EverySchedulesRunsAreRecorded()
    {
        ScheduleSpec other = Hourly with { Id = new ScheduleId("evaluation"), Action = ScheduledAction.Evaluate, Cron = "30 * * * *" };
        await using ScheduledEngine engine = await OpenWithModelAsync(Hourly);
        await engine.Schedules.SetAsync(Model, other, default);
        DateTimeOffset start = _time.GetUtcNow();
        for (int i = 1; i <= 4; i++)
        {
            await AdvanceAsync(engine, TimeSpan.FromMinutes(30));
            await RunsAsync(engine, Address, i / 2);
            await RunsAsync(engine, Address with { Schedule = other.Id }, (i + 1) / 2);
        }

        IReadOnlyList<ScheduleRun> runs = await RunsAsync(engine, Address, 2);
        Assert.Equal([start.AddHours(2), start.AddHours(1)], runs.Select(run => run.Planned));
        Assert.All(runs, run => Assert.Equal((RunCause.Time, RunOutcome.Succeeded), (run.Cause, run.Outcome)));
        Assert.Equal(start.AddHours(3), (await engine.Schedules.ListAsync(Model, default))[1].Next);
    }

    [Fact]
    public async Task RunAsync_RepeatedWithItsTicket_IsTheSameRun()
    {
        await using ScheduledEngine engine = await OpenWithModelAsync(Hourly);
        RunTicket ticket = RunTicket.Next();

        ScheduleRun first = await engine.Schedules.RunAsync(Address, ticket, default);
        ScheduleRun again = await engine.Schedules.RunAsync(Address, ticket, default);
        ScheduleRun other = await engine.Schedules.RunAsync(Address, RunTicket.Next(), default);

        Assert.Equal((1, 1, 2), (first.Number, again.Number, other.Number));
        Assert.Equal(first.Detail, again.Detail);
        Assert.Equal(_time.GetUtcNow().AddHours(1), (await engine.Schedules.ListAsync(Model, default))[0].Next);
    }

    private async Task<ScheduledEngine> OpenWithModelAsync(ScheduleSpec? schedule = null, ITierStore? store = null)
    {
        ScheduledEngine engine = await OpenAsync(store ?? CreateStore(), _time);
        await engine.Cluster.CreateModelAsync(Model, Spec, Together, default);
        if (schedule is not null)
        {
            await engine.Schedules.SetAsync(Model, schedule, default);
        }

        return engine;
    }

    private async Task AdvanceAsync(ScheduledEngine engine, TimeSpan by)
    {
        _time.Advance(by);
        await engine.TickAsync();
    }

    /// <summary>The records of a schedule once there are as many, and all of them are over.</summary>
    private static async Task<IReadOnlyList<ScheduleRun>> RunsAsync(ScheduledEngine engine, ScheduleAddress schedule, int count)
    {
        for (int i = 0; i < 1_000_000; i++)
        {
            IReadOnlyList<ScheduleRun> runs = await engine.Schedules.GetRunsAsync(schedule, default);
            if (runs.Count == count && runs.All(run => run.Ended is not null))
            {
                return runs;
            }

            Assert.InRange(runs.Count, 0, count);
            await Task.Yield();
        }

        throw new TimeoutException($"{schedule} has not run {count} times.");
    }

    private static MemoryAddress Memory(string tenant) => new(Model, new TenantId(tenant));

    private static ValueTask<FeedReceipt> FeedAsync(ScheduledEngine engine, string tenant, int first, int count) =>
        engine.Cluster.FeedAsync(Memory(tenant), Source, [.. Enumerable.Range(first, count).Select(Event)], default);

    private static LearningEvent Event(int i) => new(i, Features(i), $"class-{i % 3}");

    private static FeatureInput Features(int i) =>
        new(new SparseVector(new[] { (ushort)(i % 3), (ushort)(10 + (i % 7)) }, new[] { 1f, 0.25f }));

    private static async Task<IReadOnlyList<Prediction>> AskAsync(ScheduledEngine engine, string tenant) =>
        await engine.Cluster.PredictAsync(Memory(tenant), [.. Enumerable.Range(100, 12).Select(Features)], default);

    private static async Task<LevelStatus> LevelAsync(ScheduledEngine engine) =>
        Assert.Single(await engine.Cluster.GetLevelsAsync(Model, default));
}
