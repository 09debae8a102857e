using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>
/// Runs one schedule, one run at a time. Whoever keeps the time calls <see cref="RunDueAsync"/>; calling it too often does
/// no harm.
/// </summary>
public sealed class ScheduleHost : IAsyncDisposable
{
    private readonly ScheduleAddress _schedule;
    private readonly ScheduleHosting _hosting;
    private readonly ScheduleRecord _record;
    private readonly Turnstile _turnstile = new();
    private readonly CancellationTokenSource _stop = new();
    private Task<ScheduleRun>? _run;

    private ScheduleHost(ScheduleAddress schedule, ScheduleHosting hosting)
    {
        _schedule = schedule;
        _hosting = hosting;
        _record = new ScheduleRecord(hosting.Store, schedule);
    }

    /// <summary>How often somebody has to look whether another owner of a run is gone.</summary>
    public static TimeSpan LookAfterOthers { get; } = TimeSpan.FromMinutes(1);

    private DateTimeOffset Now => _hosting.Time.GetUtcNow();

    /// <summary>Loads a schedule, if it is there yet. Nothing runs before somebody looks.</summary>
    /// <exception cref="StoreException">The state cannot be loaded, or is damaged.</exception>
    public static async ValueTask<ScheduleHost> OpenAsync(
        ScheduleAddress schedule, ScheduleHosting hosting, CancellationToken cancellationToken)
    {
        ScheduleHost host = new(schedule, hosting);
        await host._record.LoadAsync(cancellationToken);
        return host;
    }

    /// <summary>Makes the schedule, or replaces its spec.</summary>
    /// <exception cref="InvalidScheduleException">A setting is not accepted.</exception>
    public async ValueTask SetAsync(ScheduleSpec spec, CancellationToken cancellationToken)
    {
        using Turnstile.Passage passage = await _turnstile.EnterAsync(cancellationToken);
        ScheduleState next = _record.State?.Replace(spec, Now) ?? ScheduleState.Create(spec, Now);
        if (next != _record.State)
        {
            await _record.SaveAsync(next, cancellationToken);
        }
    }

    /// <summary>Removes the schedule and its records; a run that is under way goes on.</summary>
    /// <exception cref="UnknownScheduleException">There is none.</exception>
    public async ValueTask RemoveAsync(CancellationToken cancellationToken)
    {
        using Turnstile.Passage passage = await _turnstile.EnterAsync(cancellationToken);
        _ = _record.Known;
        await _record.DeleteAsync(cancellationToken);
    }

    /// <summary>How it stands; null when there is none.</summary>
    public async ValueTask<ScheduleStatus?> GetStatusAsync(CancellationToken cancellationToken)
    {
        using Turnstile.Passage passage = await _turnstile.EnterAsync(cancellationToken);
        return _record.State?.StatusAt(Now);
    }

    /// <summary>The records of its last runs, newest first.</summary>
    /// <exception cref="UnknownScheduleException">There is none.</exception>
    public async ValueTask<IReadOnlyList<ScheduleRun>> GetRunsAsync(CancellationToken cancellationToken)
    {
        using Turnstile.Passage passage = await _turnstile.EnterAsync(cancellationToken);
        return [.. _record.Known.Runs.Reverse()];
    }

    /// <summary>Runs it now, and returns the record when the run is over.</summary>
    /// <exception cref="UnknownScheduleException">There is none.</exception>
    /// <exception cref="ScheduleBusyException">Another run is under way.</exception>
    /// <exception cref="StoppingException">This process is stopping.</exception>
    public async ValueTask<ScheduleRun> RunNowAsync(RunTicket ticket, CancellationToken cancellationToken) =>
        await (await AnswerAsync(ticket, cancellationToken)).WaitAsync(cancellationToken);

    /// <summary>Runs what is due, one after another, and returns when somebody has to look again; null for never.</summary>
    /// <exception cref="StoreException">The state could not be saved; the next look tries again.</exception>
    public async ValueTask<DateTimeOffset?> RunDueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (await BeginDueAsync(cancellationToken) is not { } run)
                {
                    return _record.State is { } state ? state.Running is null ? state.NextTime(Now) : Now + LookAfterOthers : null;
                }

                await run.WaitAsync(cancellationToken);
            }
            catch (StoreException error) when (error.Problem == StoreProblem.Conflict)
            {
                // Another owner was faster; what is loaded now says so.
            }
        }
    }

    /// <summary>Interrupts the run that is under way, records that, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task<ScheduleRun>? run;
        using (await _turnstile.EnterAsync(CancellationToken.None))
        {
            run = _run;
        }

        await (run ?? Task.CompletedTask);
    }

    private async ValueTask<Task<ScheduleRun>> AnswerAsync(RunTicket ticket, CancellationToken cancellationToken)
    {
        using Turnstile.Passage passage = await _turnstile.EnterAsync(cancellationToken);
        if (_run is null)
        {
            await SettleAsync(cancellationToken);
        }

        ScheduleRun? answer = _record.Known.Find(ticket);
        if (answer?.Ended is not null)
        {
            return Task.FromResult(answer);
        }

        if (_run is not null || _record.Known.Running is not null)
        {
            return answer is not null && _run is not null ? _run : throw new ScheduleBusyException(_schedule);
        }

        return await BeginAsync(new PlannedRun(RunCause.Request, Now) { Ticket = ticket.Value }, cancellationToken);
    }

    private async ValueTask<Task<ScheduleRun>?> BeginDueAsync(CancellationToken cancellationToken)
    {
        using Turnstile.Passage passage = await _turnstile.EnterAsync(cancellationToken);
        if (_run is not null || _record.State is null || _stop.IsCancellationRequested)
        {
            return _run;
        }

        await SettleAsync(cancellationToken);
        return _record.State?.Due(Now) is { } due ? await BeginAsync(due, cancellationToken) : null;
    }

    /// <summary>Saves what an earlier turn could not, and takes a run for interrupted whose owner is gone.</summary>
    private async ValueTask SettleAsync(CancellationToken cancellationToken)
    {
        if (_record.IsUnsaved)
        {
            await _record.SaveAsync(_record.Known, cancellationToken);
        }

        if (_record.State?.Running is not null)
        {
            await _record.LoadAsync(cancellationToken); // Its owner may have ended it since.
        }

        // A run under this process's name that is not under way here was of an activation before this one.
        if (_record.State?.Running is { } left && (left.Owner == _hosting.Owner || await _hosting.IsGoneAsync(left.Owner, cancellationToken)))
        {
            await _record.SaveAsync(_record.Known.Interrupt("Whoever ran it is gone.", Now), cancellationToken);
        }
    }

    private async ValueTask<Task<ScheduleRun>> BeginAsync(PlannedRun planned, CancellationToken cancellationToken)
    {
        if (_stop.IsCancellationRequested)
        {
            throw new StoppingException($"The schedule '{_schedule}'");
        }

        ScheduleState begun = _record.Known.Begin(planned, _hosting.Owner, Now);
        await _record.SaveAsync(begun, cancellationToken);
        return _run = Task.Run(() => RunAsync(begun), CancellationToken.None);
    }

    private async Task<ScheduleRun> RunAsync(ScheduleState begun)
    {
        (RunOutcome outcome, RunResult result) = await ScheduledRun.DoAsync(_hosting.Actions, _schedule.Model, begun, _stop.Token);
        using Turnstile.Passage passage = await _turnstile.EnterAsync(CancellationToken.None);
        _run = null;
        (long number, DateTimeOffset now) = (begun.Running!.Number, Now);
        if (_record.State is { } state)
        {
            await _record.EndAsync(state.End(number, outcome, result, now));
        }

        return begun.End(number, outcome, result, now).Last!;
    }
}
