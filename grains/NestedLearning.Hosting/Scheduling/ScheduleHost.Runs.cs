using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <content>How runs begin and end.</content>
public sealed partial class ScheduleHost
{
    private static async ValueTask<bool> EndsAsync(Task run, CancellationToken patience, CancellationToken cancellationToken)
    {
        try
        {
            await run.WaitAsync(patience).WaitAsync(cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async ValueTask<(ScheduleRun Record, Task<ScheduleRun>? Run)> AnswerAsync(RunTicket ticket, CancellationToken cancellationToken)
    {
        using Turnstile.Passage passage = await _turnstile.EnterAsync(cancellationToken);
        if (_run is null)
        {
            await SettleAsync(cancellationToken);
        }

        if (_record.Known.Find(ticket) is { } answer)
        {
            return (answer, answer.Ended is null ? _run : null);
        }

        if (_run is not null || _record.Known.Running is not null)
        {
            throw new ScheduleBusyException(_schedule);
        }

        Task<ScheduleRun> run = await BeginAsync(new PlannedRun(RunCause.Request, Now) { Ticket = ticket.Value });
        return (_record.Known.Last!, run);
    }

    private async ValueTask<Task<ScheduleRun>?> BeginDueAsync(CancellationToken cancellationToken)
    {
        using Turnstile.Passage passage = await _turnstile.EnterAsync(cancellationToken);
        if (_run is not null || _record.State is null || _stop.IsCancellationRequested)
        {
            return _run;
        }

        await SettleAsync(cancellationToken);
        return _record.State?.Due(Now) is { } due ? await BeginAsync(due) : null;
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

        if (_record.State?.Running is { } left && await _hosting.IsGoneAsync(left, cancellationToken))
        {
            await _record.SaveAsync(_record.Known.Interrupt("Whoever ran it is gone.", Now), cancellationToken);
        }
    }

    /// <summary>Saves that a run begins, which nobody may cut off, and lets it begin.</summary>
    private async ValueTask<Task<ScheduleRun>> BeginAsync(PlannedRun planned)
    {
        if (_stop.IsCancellationRequested)
        {
            throw new StoppingException($"The schedule '{_schedule}'");
        }

        ScheduleState begun = _record.Known.Begin(planned, _hosting.Owner, Now);
        _isRunning = true;
        try
        {
            await _record.SaveAsync(begun, CancellationToken.None);
        }
        catch
        {
            _isRunning = false;
            throw;
        }

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

        _isRunning = false;
        return begun.End(number, outcome, result, now).Last!;
    }
}
