using NestedLearning.Models;
using NestedLearning.Tiers;
using Orleans.TestingHost;
using static NestedLearning.Grains.Tests.Scheduling.ScheduleCluster;

namespace NestedLearning.Grains.Tests.Scheduling;

/// <summary>Schedules of several silos, and their reminders.</summary>
public sealed class ScheduleGrainTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Reminder_TicksManyTimesAtOnce_RunsEveryTimeOnce(short silos)
    {
        await using ScheduleCluster cluster = await CreateAsync(silos);
        cluster.Actions.Finish();
        for (int hour = 1; hour <= 5; hour++)
        {
            cluster.Time.Advance(TimeSpan.FromHours(1));

            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => cluster.TickAsync()));

            Assert.Equal(hour, cluster.Actions.Begun);
        }

        IReadOnlyList<ScheduleRun> runs = await cluster.Schedules.GetRunsAsync(Address, default);
        Assert.Equal(5, runs.Select(run => run.Planned).Distinct().Count());
        Assert.All(runs, run => Assert.Equal((RunCause.Time, RunOutcome.Succeeded), (run.Cause, run.Outcome)));
    }

    [Fact]
    public async Task Run_ItsSiloIsKilled_IsInterruptedAndDoneAgainOnce()
    {
        await using ScheduleCluster cluster = await CreateAsync(3);
        await cluster.BeginAsync();
        InProcessSiloHandle owner = await cluster.OwnerAsync();

        await cluster.Tiers.CrashAsync(owner);
        await cluster.TickUntilAsync(_ => cluster.Actions.Begun == 2);
        cluster.Actions.Finish();
        await cluster.TickUntilAsync(runs => runs[0].Outcome != RunOutcome.Running);

        await AssertRerunAsync(cluster, owner);
    }

    [Fact]
    public async Task Run_ItsSiloIsStopped_IsInterruptedAndDoneAgainOnce()
    {
        await using ScheduleCluster cluster = await CreateAsync(3);
        await cluster.BeginAsync();
        InProcessSiloHandle owner = await cluster.OwnerAsync();

        await cluster.Tiers.StopAsync(owner);
        await cluster.TickUntilAsync(_ => cluster.Actions.Begun == 2);
        cluster.Actions.Finish();
        await cluster.TickUntilAsync(runs => runs[0].Outcome != RunOutcome.Running);

        await AssertRerunAsync(cluster, owner);
    }

    [Fact]
    public async Task RunAsync_TakesLongerThanACallMay_WaitsForItsEnd()
    {
        await using ScheduleCluster cluster = await CreateAsync(1, options => options.Patience = TimeSpan.FromMilliseconds(20));
        Task<ScheduleRun> asked = cluster.Schedules.RunAsync(Address, RunTicket.Next(), default).AsTask();
        for (int look = 0; look < 5; look++)
        {
            await cluster.TickAsync(); // Each has as much patience as a call.
        }

        Assert.False(asked.IsCompleted);
        await Assert.ThrowsAsync<ScheduleBusyException>(
            async () => await cluster.Schedules.RunAsync(Address, RunTicket.Next(), default));
        cluster.Actions.Finish();

        Assert.Equal((RunCause.Request, RunOutcome.Succeeded), ((await asked).Cause, (await asked).Outcome));
        Assert.Equal(1, cluster.Actions.Begun);
    }

    [Fact]
    public async Task SetAsync_AndRemoveAsync_ComeAndGoWithTheReminder()
    {
        await using ScheduleCluster cluster = await CreateAsync(3);
        Assert.Equal(Address.ToString(), Assert.Single(cluster.Reminders.Rows).GrainId.Key.ToString());

        await cluster.Schedules.RemoveAsync(Address, default);

        Assert.Empty(cluster.Reminders.Rows);
        cluster.Time.Advance(TimeSpan.FromHours(3));
        await cluster.TickAsync();
        Assert.Equal(0, cluster.Actions.Begun);
    }

    [Fact]
    public async Task AnyChange_RemindersAreAway_IsRefusedAndRunsNothing()
    {
        await using ScheduleCluster cluster = await CreateAsync(1);
        cluster.Actions.Finish();
        cluster.Reminders.IsAway = true;
        ScheduleSpec other = Hourly with { Id = new ScheduleId("other") };

        StoreException notSet = await Assert.ThrowsAsync<StoreException>(
            async () => await cluster.Schedules.SetAsync(Address.Model, other, default));
        StoreException notRun = await Assert.ThrowsAsync<StoreException>(
            async () => await cluster.Schedules.RunAsync(Address, RunTicket.Next(), default));

        Assert.Equal((StoreProblem.Unavailable, StoreProblem.Unavailable), (notSet.Problem, notRun.Problem));
        Assert.Equal("hourly", Assert.Single(await cluster.Schedules.ListAsync(Address.Model, default)).Spec.Id.Value);
        Assert.Equal(0, cluster.Actions.Begun);
        cluster.Reminders.IsAway = false;
        await cluster.Schedules.SetAsync(Address.Model, other, default);
        Assert.Equal(RunOutcome.Succeeded, (await cluster.Schedules.RunAsync(Address, RunTicket.Next(), default)).Outcome);
        Assert.Equal(2, cluster.Reminders.Rows.Count);
    }

    [Fact]
    public async Task Reminder_WasLost_ComesBackWhenASiloStarts()
    {
        ScheduleCluster first = await CreateAsync(1);
        await first.DisposeAsync();
        first.Time.Advance(TimeSpan.FromHours(5));
        await using ScheduleCluster second = await OpenAsync(1, first.Store, first.Time);
        second.Actions.Finish();

        await UntilAsync(() => ValueTask.FromResult(second.Reminders.Rows.Count == 1));
        await second.Reminders.TickAsync(second.Tiers.Cluster.Client);
        ScheduleRun run = Assert.Single(await second.Schedules.GetRunsAsync(Address, default));
        Assert.Equal((second.Time.GetUtcNow().AddHours(-4), RunOutcome.Succeeded), (run.Planned, run.Outcome));
    }

    private static async Task AssertRerunAsync(ScheduleCluster cluster, InProcessSiloHandle owner)
    {
        await cluster.TickAsync();
        IReadOnlyList<ScheduleRun> runs = await cluster.Schedules.GetRunsAsync(Address, default);
        Assert.Equal([RunCause.Rerun, RunCause.Time], runs.Select(run => run.Cause));
        Assert.Equal([RunOutcome.Succeeded, RunOutcome.Interrupted], runs.Select(run => run.Outcome));
        Assert.Equal(runs[1].Planned, runs[0].Planned);
        Assert.Equal(owner.SiloAddress.ToParsableString(), runs[1].Owner);
        Assert.NotEqual(runs[1].Owner, runs[0].Owner);
        Assert.Equal(2, cluster.Actions.Begun);
    }
}
