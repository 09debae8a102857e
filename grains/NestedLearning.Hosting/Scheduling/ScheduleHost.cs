using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>
/// Runs one schedule, one run at a time. Whoever keeps the time calls <see cref="RunDueAsync"/>; calling it too often does
/// no harm.
/// </summary>
public sealed partial class ScheduleHost : IAsyncDisposable
{
    private readonly ScheduleAddress _schedule;
    private readonly ScheduleHosting _hosting;
    private readonly ScheduleRecord _record;
    private readonly Turnstile _turnstile = new();
    private readonly CancellationTokenSource _stop = new();
    private Task<ScheduleRun>? _run;
    private volatile bool _isRunning;

    private ScheduleHost(ScheduleAddress schedule, ScheduleHosting hosting)
    {
        _schedule = schedule;
        _hosting = hosting;
        _record = new ScheduleRecord(hosting.Store, schedule);
    }

    /// <summary>How often somebody has to look after a run that is under way: whether it is over, and its owner still there.</summary>
    public static TimeSpan LookAfterRun { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The schedule.</summary>
    public ScheduleAddress Schedule => _schedule;

    /// <summary>
    /// Whether a run is under way here: from before its beginning is saved until its end is, so that nobody who finds it saved
    /// takes it for left behind.
    /// </summary>
    public bool IsRunning => _isRunning;

    private DateTimeOffset Now => _hosting.Time.GetUtcNow();

    private DateTimeOffset? NextLook => _record.State switch
    {
        null => null,
        { Running: not null } => Now + LookAfterRun,
        { } state => state.Due(Now) is null ? state.NextTime(Now) : Now,
    };

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

    /// <summary>When somebody has to look, by what is known here; null for never.</summary>
    public async ValueTask<DateTimeOffset?> GetNextLookAsync(CancellationToken cancellationToken)
    {
        using Turnstile.Passage passage = await _turnstile.EnterAsync(cancellationToken);
        return NextLook;
    }

    /// <summary>The records of its last runs, newest first.</summary>
    /// <exception cref="UnknownScheduleException">There is none.</exception>
    public async ValueTask<IReadOnlyList<ScheduleRun>> GetRunsAsync(CancellationToken cancellationToken)
    {
        using Turnstile.Passage passage = await _turnstile.EnterAsync(cancellationToken);
        return [.. _record.Known.Runs.Reverse()];
    }

    /// <summary>Runs it now, and returns the record when the run is over.</summary>
    /// <param name="ticket">Names the request: repeated, it gets the same run.</param>
    /// <param name="patience">Ends the waiting; the record is of a run that is under way then.</param>
    /// <param name="cancellationToken">Gives up. A run that has begun goes on.</param>
    /// <exception cref="UnknownScheduleException">There is none.</exception>
    /// <exception cref="ScheduleBusyException">Another run is under way.</exception>
    /// <exception cref="StoppingException">This process is stopping.</exception>
    public async ValueTask<ScheduleRun> RunNowAsync(RunTicket ticket, CancellationToken patience, CancellationToken cancellationToken)
    {
        (ScheduleRun record, Task<ScheduleRun>? run) = await AnswerAsync(ticket, cancellationToken);
        return run is not null && await EndsAsync(run, patience, cancellationToken) ? await run : record;
    }

    /// <summary>Runs what is due, one after another, and returns when somebody has to look again; null for never.</summary>
    /// <param name="patience">Ends the waiting for a run.</param>
    /// <param name="cancellationToken">Gives up. A run that has begun goes on.</param>
    /// <exception cref="StoreException">The state could not be saved; the next look tries again.</exception>
    public async ValueTask<DateTimeOffset?> RunDueAsync(CancellationToken patience, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (await BeginDueAsync(cancellationToken) is not { } run || !await EndsAsync(run, patience, cancellationToken))
                {
                    return NextLook;
                }
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
}
