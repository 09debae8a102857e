using FsCheck;
using FsCheck.Fluent;
using NestedLearning.Models;
using static NestedLearning.Tiers.Tests.Scheduling.Schedules;

namespace NestedLearning.Tiers.Tests.Scheduling;

public class ScheduleStateTests
{
    private static readonly ScheduleSpec Skipping = Hourly with { Missed = MissedRunPolicy.Skip };

    [Fact]
    public void Due_BeforeAndAtTheTime_IsTheTimeOnly()
    {
        ScheduleState state = Create();

        Assert.Equal(At("09:00"), state.NextTime(At("08:30")));
        Assert.Null(state.Due(At("08:59:59")));
        Assert.Equal(new PlannedRun(RunCause.Time, At("09:00")), state.Due(At("09:00")));
    }

    [Fact]
    public void Begin_WhatIsDue_IsNotDueAgain()
    {
        ScheduleState running = Begin(Create(), At("09:00:01"));

        Assert.Null(running.Due(At("09:00:02")));
        Assert.Equal((1, RunOutcome.Running, "a"), (running.Running!.Number, running.Running.Outcome, running.Running.Owner));
        ScheduleState ended = running.End(1, RunOutcome.Succeeded, Done, At("09:00:05"));
        Assert.Null(ended.Due(At("09:59:59")));
        Assert.Equal(At("10:00"), ended.NextTime(At("09:00:05")));
        Assert.Equal(
            new ScheduleRun(1, RunCause.Time, At("09:00"), At("09:00:01"), "a")
            {
                Ended = At("09:00:05"),
                Outcome = RunOutcome.Succeeded,
                Detail = "done",
                Figures = Done.Figures,
            },
            ended.Last);
    }

    [Fact]
    public void Begin_WhileOneIsUnderWay_Throws() =>
        Assert.Throws<InvalidOperationException>(() => Begin(Create(), At("09:00")).Begin(new PlannedRun(RunCause.Request, At("09:01")), "b", At("09:01")));

    [Fact]
    public void Due_SeveralTimesMissed_IsOneRun()
    {
        ScheduleState state = Create();

        Assert.Equal(new PlannedRun(RunCause.Time, At("09:00")), state.Due(At("14:20")));
        ScheduleState ended = Begin(state, At("14:20")).End(1, RunOutcome.Succeeded, Done, At("14:21"));
        Assert.Null(ended.Due(At("14:59")));
        Assert.Equal(At("15:00"), ended.NextTime(At("14:21")));
    }

    [Theory]
    [InlineData("14:20", null)] // 09:00 to 14:00 are passed over
    [InlineData("15:01:59", "15:00")] // a little late is in time
    [InlineData("15:02", null)]
    public void Due_SeveralTimesMissedAndSkipped_IsTheOneThatIsInTime(string now, string? planned) =>
        Assert.Equal(planned is null ? null : new PlannedRun(RunCause.Time, At(planned)), Create(Skipping).Due(At(now)));

    [Theory]
    [InlineData(MissedRunPolicy.RunOnce, true)]
    [InlineData(MissedRunPolicy.Skip, false)]
    public void Due_ARunLastedBeyondTheNextTime_IsMissed(MissedRunPolicy policy, bool runs)
    {
        ScheduleState state = Begin(Create(Hourly with { Missed = policy }), At("09:00"));
        Assert.Null(state.Due(At("10:00")));

        ScheduleState ended = state.End(1, RunOutcome.Succeeded, Done, At("10:15"));

        Assert.Equal(runs, ended.Due(At("10:15")) is not null);
    }

    [Fact]
    public void Interrupt_WhileOneIsUnderWay_IsRunAgainOnce()
    {
        ScheduleState loaded = Reload(Begin(Create(), At("09:00")));

        ScheduleState interrupted = loaded.Interrupt("gone", At("13:10"));

        Assert.Equal((RunOutcome.Interrupted, "gone"), (interrupted.Last!.Outcome, interrupted.Last.Detail));
        PlannedRun rerun = interrupted.Due(At("13:10"))!.Value;
        Assert.Equal(new PlannedRun(RunCause.Rerun, At("09:00")), rerun);
        ScheduleState second = interrupted.Begin(rerun, "b", At("13:10"));
        Assert.Null(second.End(2, RunOutcome.Succeeded, Done, At("13:11")).Due(At("13:59"))); // it stood for 10:00 to 13:00 too
        Assert.Null(second.Interrupt("gone", At("13:11")).Due(At("13:59")));
    }

    [Fact]
    public void Interrupt_UnderThePolicySkip_IsNotRunAgain() =>
        Assert.Null(Begin(Create(Skipping), At("09:00")).Interrupt("gone", At("09:10")).Due(At("09:10")));

    [Fact]
    public void Interrupt_NothingUnderWay_ChangesNothing()
    {
        ScheduleState state = Create();
        Assert.Same(state, state.Interrupt("gone", At("09:00")));
    }

    [Fact]
    public void End_TakenForGone_ChangesNothing()
    {
        ScheduleState interrupted = Begin(Create(), At("09:00")).Interrupt("gone", At("09:10"));
        Assert.Same(interrupted, interrupted.End(1, RunOutcome.Succeeded, Done, At("09:20")));
    }

    [Fact]
    public void Begin_ARequest_LeavesTheNextTime()
    {
        ScheduleState state = Create().Begin(new PlannedRun(RunCause.Request, At("08:50")) { Ticket = 7 }, "a", At("08:50"));

        ScheduleState ended = state.End(1, RunOutcome.Failed, Done, At("08:51"));

        Assert.Equal(At("09:00"), ended.NextTime(At("08:51")));
        Assert.Equal((1, RunOutcome.Failed), (ended.Find(new RunTicket(7))!.Number, ended.Last!.Outcome));
        Assert.Null(ended.Find(new RunTicket(8)));
    }

    [Fact]
    public void Replace_AnotherSpec_BeginsAnewAndKeepsTheRecords()
    {
        ScheduleState interrupted = Begin(Create(), At("09:00")).Interrupt("gone", At("09:10"));

        ScheduleState replaced = interrupted.Replace(Hourly with { Cron = "30 * * * *" }, At("09:40"));

        Assert.Null(replaced.Due(At("09:40"))); // neither the interrupted run nor 09:30 is its own
        Assert.Equal(At("10:30"), replaced.NextTime(At("09:40")));
        Assert.Equal(interrupted.Runs, replaced.Runs);
        Assert.Same(interrupted, interrupted.Replace(Hourly with { }, At("09:40")));
    }

    [Fact]
    public void Replace_WhileOneIsUnderWay_LetsItEnd()
    {
        ScheduleState replaced = Begin(Create(), At("09:00")).Replace(Skipping, At("09:10"));

        Assert.Equal(RunOutcome.Succeeded, replaced.End(1, RunOutcome.Succeeded, Done, At("09:11")).Last!.Outcome);
    }

    [Fact]
    public void Create_NeverComes_IsRefused() =>
        Assert.Contains("never comes", Assert.Throws<InvalidScheduleException>(() => Create(Hourly with { Cron = "0 0 31 2 *" })).Message, StringComparison.Ordinal);

    [Fact]
    public void Begin_ManyTimes_KeepsTheLastRecords()
    {
        ScheduleState state = Create();
        for (int i = 1; i <= 130; i++)
        {
            state = Begin(state, At("09:00").AddHours(i)).End(i, RunOutcome.Succeeded, Done, At("09:00").AddHours(i));
        }

        Assert.Equal(Enumerable.Range(31, 100).Select(i => (long)i), state.Runs.Select(run => run.Number));
    }

    [Fact]
    public void Load_OfSave_IsTheSame()
    {
        ScheduleSpec spec = new(new ScheduleId("a"), ScheduledAction.Expire, "0 12 * * MON")
        {
            TimeZone = "Europe/Berlin",
            Missed = MissedRunPolicy.Skip,
            IdleFor = TimeSpan.FromDays(2),
            Keep = 3,
        };
        ScheduleState state = Begin(Create(spec), At("10:00"))
            .End(1, RunOutcome.Succeeded, Done with { Tallies = [new LearningTally("p", 5, 4)] }, At("11:00"))
            .Begin(new PlannedRun(RunCause.Request, At("12:00")) { Ticket = long.MaxValue }, "b", At("12:00"));

        ScheduleState loaded = Reload(state);

        Assert.Equal(state.Save(), loaded.Save());
        Assert.Equal((spec, state.Tallies[0], state.Running), (loaded.Spec, loaded.Tallies[0], loaded.Running! with { Figures = state.Running!.Figures }));
    }

    /// <summary>However time passes and processes come and go: one run at a time, none early, and every time has its run.</summary>
    [Fact]
    public void Due_AnyCourse_RunsEveryHourOnce() =>
        Prop.ForAll(Gen.Choose(0, 149).ArrayOf(30).ToArbitrary(), steps =>
        {
            ScheduleState state = Create();
            DateTimeOffset now = At("08:30");
            foreach (int step in steps)
            {
                now = now.AddMinutes(step);
                state = Reload(state).Interrupt("gone", now);
                if (state.Due(now) is { } due)
                {
                    Assert.True(due.Planned <= now);
                    state = state.Begin(due, "a", now);
                    Assert.Null(state.Due(now));
                    state = step % 5 == 0 ? state : state.End(state.Last!.Number, RunOutcome.Succeeded, Done, now);
                }
            }

            DateTimeOffset[] times = [.. state.Runs.Where(run => run.Cause == RunCause.Time).Select(run => run.Planned)];
            Assert.Equal(times.Distinct(), times);
            Assert.All(state.Runs.Zip(state.Runs.Skip(1)), pair => Assert.True(pair.Second.Cause == RunCause.Rerun || pair.Second.Planned > pair.First.Started));
            Assert.Equal(state.Runs.Count(run => run is { Outcome: RunOutcome.Interrupted, Cause: RunCause.Time }), state.Runs.Count(run => run.Cause == RunCause.Rerun) + (state.Due(now)?.Cause == RunCause.Rerun ? 1 : 0));
        }).QuickCheckThrowOnFailure();

    private static ScheduleState Begin(ScheduleState state, DateTimeOffset now) =>
        state.Begin(state.Due(now) ?? new PlannedRun(RunCause.Time, now), "a", now);

    private static ScheduleState Reload(ScheduleState state) => ScheduleState.Load(state.Save());
}
