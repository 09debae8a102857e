using NestedLearning.Contracts;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Cluster;

/// <summary>Schedules of the embedded engine when its store fails, or when it dies.</summary>
public class ScheduleFaultsTests
{
    private static readonly ModelId Model = new("m");
    private static readonly MemoryAddress Ann = new(Model, new TenantId("ann"));
    private static readonly SourceId Source = new("s");
    private static readonly ScheduleSpec Hourly = new(new ScheduleId("hourly"), ScheduledAction.Consolidate, "0 * * * *");
    private static readonly ScheduleAddress Address = new(Model, Hourly.Id);

    private readonly ManualTime _time = new();
    private readonly FaultyTierStore _store = new(new MemoryTierStore());

    [Fact]
    public async Task Schedules_NotStarted_OnlyRunOnRequest()
    {
        await using EmbeddedCluster cluster = await OpenAsync(Hourly);
        _time.Advance(TimeSpan.FromHours(5));

        await cluster.Schedules.RunAsync(Address, RunTicket.Next(), default);

        Assert.Equal(RunCause.Request, Assert.Single(await cluster.Schedules.GetRunsAsync(Address, default)).Cause);
    }

    [Fact]
    public async Task Time_ComesWhileTheStoreIsAway_RunsOnceItIsBack()
    {
        await using EmbeddedCluster cluster = await OpenAsync(Hourly);
        await cluster.StartSchedulesAsync(default);
        _store.FailAfter(0, SaveFault.UnavailableBefore);
        _time.Advance(TimeSpan.FromHours(1));
        await UntilAsync(() => Task.FromResult(_store.HasFailed));

        await UntilAsync(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            return (await cluster.Schedules.GetRunsAsync(Address, default)).Count == 1;
        });

        Assert.Equal(RunCause.Time, (await cluster.Schedules.GetRunsAsync(Address, default))[0].Cause);
    }

    [Fact]
    public async Task Expire_WhatWasLearnedCannotBeSaved_KeepsTheMemory()
    {
        await using EmbeddedCluster cluster = await OpenAsync(Hourly with { Action = ScheduledAction.Expire, IdleFor = TimeSpan.FromMinutes(1) });
        await cluster.FeedAsync(Ann, Source, Events(1, 5), default);
        _time.Advance(TimeSpan.FromMinutes(5));
        _store.FailAfter(1, SaveFault.Full); // the record of the run is saved first

        ScheduleRun failed = await cluster.Schedules.RunAsync(Address, RunTicket.Next(), default);
        Receipt kept = (await cluster.FeedAsync(Ann, Source, Events(1, 5), default)).Marks;
        _time.Advance(TimeSpan.FromMinutes(5));
        ScheduleRun expired = await cluster.Schedules.RunAsync(Address, RunTicket.Next(), default);

        Assert.Equal(RunOutcome.Failed, failed.Outcome);
        Assert.StartsWith("1 memory failed, the first because: The server's store has no space left", failed.Detail, StringComparison.Ordinal);
        Assert.Equal(5, kept.AppliedThrough); // nothing has to be sent again
        Assert.Equal("1 memory left, 0 memories stayed", expired.Detail);
        Assert.Equal(5, (await cluster.GetMemoryAsync(Ann, default)).Learned);
    }

    [Fact]
    public async Task Consolidate_AMemoryFails_FoldsWhatTheOthersSent()
    {
        await using EmbeddedCluster cluster = await OpenAsync(Hourly);
        await cluster.FeedAsync(Ann, Source, Events(1, 5), default);
        await cluster.FeedAsync(Ann with { Tenant = new TenantId("ben") }, Source, Events(1, 3), default);
        _store.FailAfter(1, SaveFault.Full);

        ScheduleRun failed = await cluster.Schedules.RunAsync(Address, RunTicket.Next(), default);
        ScheduleRun again = await cluster.Schedules.RunAsync(Address, RunTicket.Next(), default);

        Assert.Equal((RunOutcome.Failed, RunOutcome.Succeeded), (failed.Outcome, again.Outcome));
        Assert.StartsWith("1 memory failed, ", failed.Detail, StringComparison.Ordinal);
        Assert.Equal((2L, 8L), ((await cluster.GetLevelsAsync(Model, default))[0].Version, (await cluster.GetLevelsAsync(Model, default))[0].Events));
    }

    [Fact]
    public async Task StartSchedulesAsync_TheProcessDiedMidRun_InterruptsItAndRunsAgainOnce()
    {
        await (await OpenAsync(Hourly)).DisposeAsync();
        StateKey key = StateKey.Schedule(Address);
        StoredState stored = (await _store.LoadAsync(key, default))!;
        _time.Advance(TimeSpan.FromHours(1));
        PlannedRun planned = new(RunCause.Time, _time.GetUtcNow());
        ScheduleState died = ScheduleState.Load(stored.Bytes.Span).Begin(planned, "embedded", _time.GetUtcNow());
        await _store.SaveAsync(key, died.Save(), stored.ETag, default);

        await using EmbeddedCluster cluster = new(_store, new EmbeddedOptions { Time = _time, FoldThreads = 1 });
        await cluster.StartSchedulesAsync(default);

        await UntilAsync(async () => (await cluster.Schedules.GetRunsAsync(Address, default)) is [{ Outcome: RunOutcome.Succeeded }, _]);
        ScheduleRun[] runs = [.. await cluster.Schedules.GetRunsAsync(Address, default)];
        Assert.Equal([(RunCause.Rerun, planned.Planned), (RunCause.Time, planned.Planned)], runs.Select(run => (run.Cause, run.Planned)));
        Assert.Equal(RunOutcome.Interrupted, runs[1].Outcome);
    }

    private async Task<EmbeddedCluster> OpenAsync(ScheduleSpec schedule)
    {
        EmbeddedCluster cluster = new(_store, new EmbeddedOptions { Time = _time, FoldThreads = 1 });
        RoundPolicy together = new() { MinContributors = 9, MaxWait = TimeSpan.FromDays(20) };
        await cluster.CreateModelAsync(Model, new ClassifierSpec { Features = 64, Period = 1000 }, together, default);
        await cluster.Schedules.SetAsync(Model, schedule, default);
        return cluster;
    }

    private static LearningEvent[] Events(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new LearningEvent(i, new TextInput($"word{i % 3}"), $"class {i % 3}"))];

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (int i = 0; i < 1_000_000; i++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Yield();
        }

        Assert.Fail("What was under way did not come about.");
    }
}
