using Microsoft.Extensions.Logging;
using NestedLearning.Hosting;
using NestedLearning.Tiers;
using Orleans.Concurrency;

namespace NestedLearning.Grains;

/// <summary>
/// A schedule as a grain: <see cref="ScheduleHost"/> does the work, and a reminder has the grain look when it is time. The
/// reminder goes on every minute until it is set anew, so what a silo did not finish another one does.
/// </summary>
[Reentrant]
[StoragePlacementFilter]
internal sealed class ScheduleGrain(ClusterSchedules schedules, SiloTiers tiers, ILogger<ScheduleGrain> logger)
    : HostedGrain<ScheduleHost>(tiers, logger), IScheduleGrain
{
    private const string Reminder = "next";

    /// <summary>Reminders are no timers: no run is worth more than two ticks a minute.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(30);

    /// <summary>Who looks this often notices when the clock was set.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>A run keeps its grain in memory, however long it takes.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(1);

    /// <summary>Whoever has it may change the schedule, or its reminder.</summary>
    private readonly SemaphoreSlim _change = new(1, 1);

    private ScheduleAddress Address => ScheduleAddress.Parse(this.GetPrimaryKeyString());

    private IScheduleIndexGrain Index => GrainFactory.GetGrain<IScheduleIndexGrain>(Address.Model.Value);

    private DateTimeOffset Now => Tiers.Hosting.Time.GetUtcNow();

    public ValueTask SetAsync(Payload spec, CancellationToken cancellationToken) => ChangeAsync(async host =>
    {
        ScheduleSpec asked = ScheduleJson.Read(spec, ApiJson.Default.ScheduleDocument).ToSpec(Address.Schedule);
        _ = ScheduleState.Create(asked, Now); // Refuses what is not accepted before anything is saved.
        SiloModel model = await Tiers.ModelAsync(Address.Model);
        _ = asked.Level is { } level ? model.Link(level) : null;

        // In this order whatever is saved is found and looked after, wherever this silo dies.
        await Index.AddAsync(Address.Schedule.Value, cancellationToken);
        await RemindAsync(Now);
        await host.SetAsync(asked, cancellationToken);
        await RemindAsync(await host.GetNextLookAsync(cancellationToken));
    });

    public ValueTask RemoveAsync(CancellationToken cancellationToken) => ChangeAsync(async host =>
    {
        await host.RemoveAsync(cancellationToken);
        await Index.RemoveAsync(Address.Schedule.Value, cancellationToken);
        await RemindAsync(null);
    });

    public async ValueTask EraseAsync(CancellationToken cancellationToken)
    {
        await TakeAwayAsync(async host =>
        {
            await (host?.DisposeAsync() ?? ValueTask.CompletedTask);
            return true;
        });
        await RemindAsync(null);
        await Tiers.Hosting.Store.DeleteAsync(StateKey.Schedule(Address), cancellationToken);
    }

    public ValueTask WakeAsync() => ChangeAsync(async host =>
    {
        if (await this.GetReminder(Reminder) is null)
        {
            await RemindAsync(await host.GetNextLookAsync(CancellationToken.None));
        }
    });

    public ValueTask<Payload> GetStatusAsync(CancellationToken cancellationToken) => UseAsync(async host =>
        await host.GetStatusAsync(cancellationToken) is { } status
            ? ScheduleJson.Write(ScheduleStatusDocument.From(status), ApiJson.Default.ScheduleStatusDocument)
            : default);

    public ValueTask<Payload> GetRunsAsync(CancellationToken cancellationToken) => UseAsync(async host =>
        ScheduleJson.Write(await host.GetRunsAsync(cancellationToken), ApiJson.Default.IReadOnlyListScheduleRun));

    public async ValueTask<Payload> RunAsync(long ticket, CancellationToken cancellationToken)
    {
        await ChangeAsync(async host =>
        {
            if (!host.IsRunning && await host.GetNextLookAsync(cancellationToken) is not null)
            {
                await RemindAsync(Now); // Whatever becomes of this silo, somebody looks after the run.
            }
        });
        return await UseAsync(async host =>
        {
            using CancellationTokenSource patience = Tiers.StartPatience(CancellationToken.None);
            ScheduleRun run = await host.RunNowAsync(new RunTicket(ticket), patience.Token, cancellationToken);
            await GoOnAsync(host);
            return ScheduleJson.Write(run, ApiJson.Default.ScheduleRun);
        });
    }

    /// <summary>It may be time.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status) => await UseAsync(async host =>
    {
        using CancellationTokenSource patience = Tiers.StartPatience(CancellationToken.None);
        await host.RunDueAsync(patience.Token, CancellationToken.None);
        await GoOnAsync(host);
        return true;
    });

    protected override async Task<ScheduleHost> OpenAsync() =>
        await ScheduleHost.OpenAsync(Address, schedules.HostingOf(Address), CancellationToken.None);

    /// <summary>Stays for a run that is under way, and looks again when it is time.</summary>
    private async Task GoOnAsync(ScheduleHost host)
    {
        if (host.IsRunning)
        {
            DelayDeactivation(LongestRun);
        }

        await ChangeAsync(async known => await RemindAsync(await known.GetNextLookAsync(CancellationToken.None)));
    }

    private async ValueTask ChangeAsync(Func<ScheduleHost, Task> change) => await UseAsync(async host =>
    {
        await _change.WaitAsync();
        try
        {
            await change(host);
            return true;
        }
        finally
        {
            _change.Release();
        }
    });

    private async Task RemindAsync(DateTimeOffset? next)
    {
        try
        {
            await SetReminderAsync(next);
        }
        catch (Exception error) when (error is not (OperationCanceledException or OrleansConfigurationException))
        {
            throw new StoreException(StoreProblem.Unavailable, $"the reminder of {Address}", $"it cannot be set: {error.Message}", error);
        }
    }

    private async Task SetReminderAsync(DateTimeOffset? next)
    {
        if (next is { } time)
        {
            TimeSpan wait = time - Now;
            wait = wait < ShortestWait ? ShortestWait : wait < LongestWait ? wait : LongestWait;
            await this.RegisterOrUpdateReminder(Reminder, wait, Period);
        }
        else if (await this.GetReminder(Reminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }
}
