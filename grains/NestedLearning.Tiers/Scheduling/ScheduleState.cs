using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>
/// One schedule and the records of its runs, as values: every step gives the state that follows, and counts once that is
/// saved. It knows no clock, and runs nothing.
/// </summary>
/// <remarks>
/// Whoever runs a schedule saves <see cref="Begin"/> over the state that it knows, by its tag, before the action begins.
/// So of two who find the same run due only one gets it; the other's save is refused, and what it loads then has the run.
/// </remarks>
public sealed record ScheduleState
{
    /// <summary>How many records of runs are kept.</summary>
    public const int KeptRuns = 100;

    /// <summary>How late a run may begin and be in time: the clocks of a cluster tick once a minute.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private ScheduleState(ScheduleSpec spec) => Spec = spec;

    /// <summary>What is done, and when.</summary>
    public ScheduleSpec Spec { get; private init; }

    /// <summary>When this spec was set.</summary>
    public DateTimeOffset SetAt { get; private init; }

    /// <summary>Times up to here have had their run, or never get one.</summary>
    public DateTimeOffset HandledThrough { get; private init; }

    /// <summary>The last runs, oldest first. Only the last one can be under way.</summary>
    public IReadOnlyList<ScheduleRun> Runs { get; private init; } = [];

    /// <summary>How far the last evaluation came.</summary>
    public IReadOnlyList<LearningTally> Tallies { get; private init; } = [];

    /// <summary>The last run, if there is one.</summary>
    public ScheduleRun? Last => Runs.Count > 0 ? Runs[^1] : null;

    /// <summary>The run that is under way, if one is.</summary>
    public ScheduleRun? Running => Last is { Outcome: RunOutcome.Running } run ? run : null;

    /// <summary>A new schedule; times before <paramref name="now"/> are none of its own.</summary>
    /// <exception cref="InvalidScheduleException">A setting is not accepted, or no time is to come.</exception>
    public static ScheduleState Create(ScheduleSpec spec, DateTimeOffset now)
    {
        spec.Validate();
        return spec.Times().After(now) is null
            ? throw new InvalidScheduleException([$"{nameof(spec.Cron)} is '{spec.Cron}', which never comes"])
            : new ScheduleState(spec) { SetAt = now, HandledThrough = now };
    }

    /// <summary>The schedule with another spec from now on; its records stay. The same spec changes nothing.</summary>
    /// <exception cref="InvalidScheduleException">A setting is not accepted, or no time is to come.</exception>
    public ScheduleState Replace(ScheduleSpec spec, DateTimeOffset now) =>
        spec == Spec ? this : Create(spec, now) with { Runs = Runs, Tallies = Tallies };

    /// <summary>The time that comes next, which may be over; null when there is none.</summary>
    public DateTimeOffset? NextTime(DateTimeOffset now)
    {
        CronTimes times = Spec.Times();
        DateTimeOffset? next = times.After(HandledThrough);
        DateTimeOffset missed = now - Grace;
        return Spec.Missed == MissedRunPolicy.Skip && next <= missed ? times.After(missed) : next;
    }

    /// <summary>The run that has to begin now, if one has to. Whatever was missed is one run, or none, as the policy says.</summary>
    public PlannedRun? Due(DateTimeOffset now)
    {
        if (Running is not null)
        {
            return null;
        }

        return RerunDue ?? (NextTime(now) is { } planned && planned <= now ? new PlannedRun(RunCause.Time, planned) : null);
    }

    /// <summary>The state in which a run is under way. It may run once this is saved.</summary>
    /// <exception cref="InvalidOperationException">One is under way already.</exception>
    public ScheduleState Begin(PlannedRun run, string owner, DateTimeOffset now)
    {
        if (Running is not null)
        {
            throw new InvalidOperationException("The run before has to end first.");
        }

        ScheduleRun begun = new((Last?.Number ?? 0) + 1, run.Cause, run.Planned, now, owner) { Ticket = run.Ticket };
        return this with
        {
            Runs = [.. Runs.TakeLast(KeptRuns - 1), begun],
            HandledThrough = run.Cause == RunCause.Request ? HandledThrough : now,
        };
    }

    /// <summary>The state in which a run is over. One that is not under way, because somebody took it for gone, stays as it is.</summary>
    public ScheduleState End(long number, RunOutcome outcome, RunResult result, DateTimeOffset now)
    {
        if (Running?.Number != number)
        {
            return this;
        }

        ScheduleRun ended = Running with { Outcome = outcome, Ended = now, Detail = result.Detail, Figures = result.Figures, Probes = result.Probes };
        return this with { Runs = [.. Runs.SkipLast(1), ended], Tallies = result.Tallies ?? Tallies };
    }

    /// <summary>The state in which whoever ran it is gone: what was under way is interrupted.</summary>
    public ScheduleState Interrupt(string reason, DateTimeOffset now) => Running is { } run
        ? End(run.Number, RunOutcome.Interrupted, new RunResult(reason, RunResult.NoFigures), now)
        : this;

    /// <summary>The run that answers a request, if there is one.</summary>
    public ScheduleRun? Find(RunTicket ticket) => Runs.LastOrDefault(run => run.Ticket == ticket.Value);

    /// <summary>How it stands.</summary>
    public ScheduleStatus StatusAt(DateTimeOffset now) => new(Spec, NextTime(now), Last);

    /// <summary>The state as bytes.</summary>
    public byte[] Save() => SavedSchedule.From(this).ToJson();

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is something else.</exception>
    /// <exception cref="NestedLearningException">It is a schedule that is not valid.</exception>
    public static ScheduleState Load(ReadOnlySpan<byte> state)
    {
        SavedSchedule saved = SavedSchedule.FromJson(state);
        ScheduleSpec spec = saved.Spec.ToSpec(new ScheduleId(saved.Schedule));
        spec.Validate();
        return new ScheduleState(spec)
        {
            SetAt = saved.SetAt,
            HandledThrough = saved.HandledThrough,
            Runs = saved.Runs,
            Tallies = saved.Tallies,
        };
    }

    private PlannedRun? RerunDue =>
        Last is { Outcome: RunOutcome.Interrupted, Cause: not RunCause.Rerun } last && last.Started >= SetAt && Spec.Missed == MissedRunPolicy.RunOnce
            ? new PlannedRun(RunCause.Rerun, last.Planned)
            : null;
}
