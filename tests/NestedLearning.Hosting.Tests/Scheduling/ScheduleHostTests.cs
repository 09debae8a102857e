using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Tiers;
using static NestedLearning.Hosting.Tests.Scheduling.ScheduleFixture;

namespace NestedLearning.Hosting.Tests.Scheduling;

/// <summary>One owner of a schedule.</summary>
public class ScheduleHostTests
{
    private readonly ScheduleFixture _fixture = new();
    private readonly DateTimeOffset _start;

    public ScheduleHostTests()
    {
        _start = _fixture.Time.GetUtcNow();
        _fixture.Actions.Finish(5);
    }

    [Fact]
    public async Task RunDueAsync_NothingIsDue_SaysWhenToLook()
    {
        await using ScheduleHost host = await _fixture.CreateAsync();

        Assert.Equal(_start.AddHours(1), await host.RunDueAsync(default, default));
        Assert.Equal((0, 0), (_fixture.Actions.Begun, (await host.GetRunsAsync(default)).Count));
    }

    [Fact]
    public async Task RunDueAsync_TheTimeHasCome_RunsAndRecordsIt()
    {
        await using ScheduleHost host = await _fixture.CreateAsync();
        _fixture.Time.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(_start.AddHours(2), await host.RunDueAsync(default, default));

        ScheduleRun run = await LastAsync(host);
        Assert.Equal((1, RunCause.Time, _start.AddHours(1), "a"), (run.Number, run.Cause, run.Planned, run.Owner));
        Assert.Equal((RunOutcome.Succeeded, "5 memories", 5), (run.Outcome, run.Detail, run.Figures["memories"]));
        Assert.Equal((_start.AddMinutes(61), _start.AddMinutes(61)), (run.Started, run.Ended));
    }

    [Fact]
    public async Task RunDueAsync_ManyLooksAtOnce_RunOnce()
    {
        await using ScheduleHost host = await _fixture.CreateAsync();
        _fixture.Time.Advance(TimeSpan.FromHours(1));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await host.RunDueAsync(default, default))));

        Assert.Equal(1, _fixture.Actions.Begun);
    }

    [Fact]
    public async Task RunDueAsync_TheActionFails_RecordsWhyAndGoesOn()
    {
        _fixture.Actions.Reset();
        _fixture.Actions.Fail(new StoreException(StoreProblem.Full, "/secret/place", "no room"));
        await using ScheduleHost host = await _fixture.CreateAsync();
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        await host.RunDueAsync(default, default);

        ScheduleRun failed = await LastAsync(host);

        Assert.Equal(RunOutcome.Failed, failed.Outcome);
        Assert.Contains("no space", failed.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failed.Detail, StringComparison.Ordinal);
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        await host.RunDueAsync(default, default);
        Assert.Equal(2, (await host.GetRunsAsync(default)).Count);
    }

    [Theory]
    [InlineData(ScheduledAction.Snapshot, "version 10, 7 bytes")]
    [InlineData(ScheduledAction.Expire, "60 memories left, 0 memories stayed")]
    [InlineData(ScheduledAction.Evaluate, "1 memory, 10 events, 30.0 % predicted correctly before they were learned")]
    public async Task RunNowAsync_EveryAction_IsDone(ScheduledAction action, string detail)
    {
        TimeSpan? idle = action == ScheduledAction.Expire ? TimeSpan.FromHours(1) : null;
        await using ScheduleHost host = await _fixture.CreateAsync(Hourly with { Action = action, IdleFor = idle });

        await host.RunNowAsync(RunTicket.Next(), default, default);
        ScheduleRun run = await host.RunNowAsync(RunTicket.Next(), default, default);

        Assert.Equal((2, RunCause.Request, RunOutcome.Succeeded, detail), (run.Number, run.Cause, run.Outcome, run.Detail));
    }

    [Fact]
    public async Task RunNowAsync_RepeatedOrWhileBusy_RunsOnce()
    {
        _fixture.Actions.Reset();
        await using ScheduleHost host = await _fixture.CreateAsync();
        RunTicket ticket = RunTicket.Next();
        Task<ScheduleRun>[] asked = [host.RunNowAsync(ticket, default, default).AsTask(), host.RunNowAsync(ticket, default, default).AsTask()];
        await UntilAsync(() => _fixture.Actions.Begun == 1);
        Assert.Equal(RunOutcome.Running, (await LastAsync(host)).Outcome);
        await Assert.ThrowsAsync<ScheduleBusyException>(async () => await host.RunNowAsync(RunTicket.Next(), default, default));

        _fixture.Actions.Finish();

        Assert.Equal([1, 1], (await Task.WhenAll(asked)).Select(run => run.Number));
        Assert.Equal(1, (await host.RunNowAsync(ticket, default, default)).Number);
        Assert.Equal(1, _fixture.Actions.Begun);
    }

    [Fact]
    public async Task RunNowAsync_CallerGivesUp_GoesOn()
    {
        _fixture.Actions.Reset();
        await using ScheduleHost host = await _fixture.CreateAsync();
        using CancellationTokenSource patience = new();
        Task<ScheduleRun> asked = host.RunNowAsync(RunTicket.Next(), default, patience.Token).AsTask();
        await UntilAsync(() => _fixture.Actions.Begun == 1);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);

        _fixture.Actions.Finish();

        await host.RunDueAsync(default, default);
        Assert.Equal(RunOutcome.Succeeded, (await LastAsync(host)).Outcome);
    }

    [Fact]
    public async Task RunNowAsync_PatienceEnds_AnswersWithTheRunUnderWay()
    {
        _fixture.Actions.Reset();
        await using ScheduleHost host = await _fixture.CreateAsync();
        RunTicket ticket = RunTicket.Next();
        using CancellationTokenSource patience = new();
        Task<ScheduleRun> asked = host.RunNowAsync(ticket, patience.Token, default).AsTask();
        await UntilAsync(() => _fixture.Actions.Begun == 1);
        Task<DateTimeOffset?> look = host.RunDueAsync(patience.Token, default).AsTask();
        await patience.CancelAsync();
        Assert.Equal(RunOutcome.Running, (await asked).Outcome);
        Assert.Equal(_start + ScheduleHost.LookAfterRun, await look);
        Assert.True(host.IsRunning);

        _fixture.Actions.Finish();

        Assert.Equal((1, RunOutcome.Succeeded), ((await host.RunNowAsync(ticket, default, default)).Number, (await LastAsync(host)).Outcome));
        Assert.False(host.IsRunning);
    }

    [Fact]
    public async Task RunDueAsync_WhileARequestRuns_WaitsForItsEnd()
    {
        _fixture.Actions.Reset();
        await using ScheduleHost host = await _fixture.CreateAsync();
        Task<ScheduleRun> asked = host.RunNowAsync(RunTicket.Next(), default, default).AsTask();
        await UntilAsync(() => _fixture.Actions.Begun == 1);
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        Task look = host.RunDueAsync(default, default).AsTask();

        _fixture.Actions.Finish();

        await Task.WhenAll(asked, look);
        Assert.Equal([RunCause.Time, RunCause.Request], (await host.GetRunsAsync(default)).Select(run => run.Cause));
    }

    [Fact]
    public async Task RemoveAsync_WhileItRuns_LetsTheRunEnd()
    {
        _fixture.Actions.Reset();
        await using ScheduleHost host = await _fixture.CreateAsync();
        Task<ScheduleRun> asked = host.RunNowAsync(RunTicket.Next(), default, default).AsTask();
        await UntilAsync(() => _fixture.Actions.Begun == 1);

        await host.RemoveAsync(default);

        await Assert.ThrowsAsync<UnknownScheduleException>(async () => await host.RemoveAsync(default));
        await host.SetAsync(Hourly, default);
        await Assert.ThrowsAsync<ScheduleBusyException>(async () => await host.RunNowAsync(RunTicket.Next(), default, default));
        _fixture.Actions.Finish();
        Assert.Equal(RunOutcome.Succeeded, (await asked).Outcome);
        Assert.Empty(await host.GetRunsAsync(default));
    }

    [Fact]
    public async Task AnyCall_NoSchedule_SaysSo()
    {
        await using ScheduleHost host = await _fixture.OpenAsync();

        Assert.Null(await host.GetStatusAsync(default));
        Assert.Null(await host.RunDueAsync(default, default));
        await Assert.ThrowsAsync<UnknownScheduleException>(async () => await host.GetRunsAsync(default));
        await Assert.ThrowsAsync<UnknownScheduleException>(async () => await host.RunNowAsync(RunTicket.Next(), default, default));
    }

    [Fact]
    public async Task OpenAsync_DamagedState_SaysSo()
    {
        MemoryTierStore store = new();
        await store.SaveAsync(StateKey.Schedule(Address), "{}"u8.ToArray(), null, default);

        StoreException error = await Assert.ThrowsAsync<StoreException>(
            async () => await ScheduleHost.OpenAsync(Address, new ScheduleHosting(store, _fixture.Actions, "a"), default));

        Assert.Equal(StoreProblem.Damaged, error.Problem);
    }

    [Theory]
    [InlineData(SaveFault.Full)]
    [InlineData(SaveFault.UnavailableBefore)]
    [InlineData(SaveFault.UnavailableAfter)]
    public async Task RunDueAsync_TheBeginningIsNotSaved_RunsAtTheNextLook(SaveFault fault)
    {
        await using ScheduleHost host = await _fixture.CreateAsync();
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        _fixture.Store.FailAfter(0, fault);

        await Assert.ThrowsAsync<StoreException>(async () => await host.RunDueAsync(default, default));

        Assert.Equal(0, _fixture.Actions.Begun);
        await host.RunDueAsync(default, default);
        Assert.Equal((1, RunOutcome.Succeeded), (_fixture.Actions.Begun, Assert.Single(await host.GetRunsAsync(default)).Outcome));
    }

    [Theory]
    [InlineData(SaveFault.Full)]
    [InlineData(SaveFault.UnavailableAfter)]
    public async Task RunDueAsync_TheEndIsNotSaved_SavesItAtTheNextLook(SaveFault fault)
    {
        await using ScheduleHost host = await _fixture.CreateAsync();
        _fixture.Store.FailAfter(1, fault);
        ScheduleRun run = await host.RunNowAsync(RunTicket.Next(), default, default);
        Assert.True(_fixture.Store.HasFailed);

        await host.RunDueAsync(default, default);

        await using ScheduleHost again = await _fixture.OpenAsync();
        Assert.Equal((RunOutcome.Succeeded, run.Detail), ((await LastAsync(again)).Outcome, (await LastAsync(again)).Detail));
    }
}
