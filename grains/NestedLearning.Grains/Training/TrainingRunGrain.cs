using Microsoft.Extensions.Logging;
using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Orleans.Concurrency;

namespace NestedLearning.Grains;

/// <summary>A training run as a grain: <see cref="RunHost"/> does the work, in turns of its own.</summary>
/// <remarks>
/// While the run lasts it is looked at three times in a lease, by a timer, and every minute by a reminder, which brings
/// the grain back when its silo is gone and no worker asks for it.
/// </remarks>
[Reentrant]
[StoragePlacementFilter]
internal sealed partial class TrainingRunGrain : HostedGrain<RunHost>, ITrainingRunGrain, IRemindable
{
    private const string Reminder = "look";
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private readonly IGrainFactory _grains;
    private readonly ILogger _logger;
    private readonly ModelId _model;
    private readonly ITrainingRunGrain _self;
    private readonly ITimer _nextLook;

    /// <summary>Whoever has it may begin a run, or take back the reminder of one that has ended.</summary>
    private readonly SemaphoreSlim _change = new(1, 1);

    public TrainingRunGrain(SiloTiers tiers, IGrainFactory grains, ILogger<TrainingRunGrain> logger)
        : base(tiers, logger)
    {
        _grains = grains;
        _logger = logger;
        _model = new ModelId(this.GetPrimaryKeyString());
        _self = this.AsReference<ITrainingRunGrain>();
        _nextLook = tiers.Hosting.Time.CreateTimer(_ => LookSoon(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ValueTask<Payload> StartAsync(Payload spec, CancellationToken cancellationToken) =>
        UseAsync(async host =>
        {
            RunSpec asked = spec.ToDocument(ApiJson.Default.RunSpec);
            asked.ValidateFor((await Tiers.ModelAsync(_model)).Settings.Policy);
            if (await host.WouldReadAsync(asked, cancellationToken))
            {
                await Worker(1).CheckAsync(asked.Data, cancellationToken);
            }

            RunProgress progress = await ChangeAsync(async () =>
            {
                await RemindAsync();
                return await host.StartAsync(asked, cancellationToken);
            });
            LookSoon();
            return ToPayload(progress);
        });

    public ValueTask<Payload> GetProgressAsync(CancellationToken cancellationToken) =>
        UseAsync(async host => ToPayload(await host.GetProgressAsync(cancellationToken)));

    public ValueTask<Payload> StopAsync(CancellationToken cancellationToken) =>
        UseAsync(async host => ToPayload(await host.StopAsync(cancellationToken)));

    public async ValueTask EraseAsync(CancellationToken cancellationToken)
    {
        StateKey key = StateKey.TrainingRun(_model);
        if (await Tiers.Hosting.Store.LoadAsync(key, cancellationToken) is not { } stored)
        {
            return; // No run, and so no reminder.
        }

        await TakeAwayAsync(async host =>
        {
            await (host?.DisposeAsync() ?? ValueTask.CompletedTask);
            return true;
        });
        TrainingRun run = new(_model);
        run.Load(stored.Bytes);
        foreach (int worker in Enumerable.Range(1, run.Spec.Workers))
        {
            await Worker(worker).LeaveAsync(cancellationToken);
        }

        if (await this.GetReminder(Reminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }

        await Tiers.Hosting.Store.DeleteAsync(key, cancellationToken);
    }

    public ValueTask<GrantReply?> LeaseAsync(int worker, CancellationToken cancellationToken) =>
        UseAsync(async host => await host.LeaseAsync(worker, cancellationToken) is { } grant ? GrantReply.From(grant) : null);

    public async ValueTask PlanAsync(ShardMessage message, ExtentReply extent, CancellationToken cancellationToken) =>
        await TellAsync(host => host.PlanAsync(message.ToLease(), extent.ToExtent(), cancellationToken));

    public async ValueTask RenewAsync(ShardMessage message, CancellationToken cancellationToken) =>
        await TellAsync(host => host.RenewAsync(message.ToLease(), message.ToReport(), cancellationToken));

    public async ValueTask MeasureAsync(ShardMessage message, int task, int[] correct, CancellationToken cancellationToken) =>
        await TellAsync(host => host.MeasureAsync(message.ToLease(), task, correct, cancellationToken));

    public async ValueTask CompleteAsync(ShardMessage message, CancellationToken cancellationToken) =>
        await TellAsync(host => host.CompleteAsync(message.ToLease(), message.ToReport(), cancellationToken));

    public async ValueTask FailAsync(ShardMessage message, string problem, CancellationToken cancellationToken) =>
        await TellAsync(host => host.FailAsync(message.ToLease(), problem, cancellationToken));

    public Task LookAsync() => LookOnceAsync();

    /// <summary>The reminder goes with the run.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status) => await ChangeAsync(async () =>
    {
        bool lasts = await LookOnceAsync();
        if (!lasts && await this.GetReminder(Reminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }

        return lasts;
    });

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _nextLook.DisposeAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected override async Task<RunHost> OpenAsync()
    {
        _ = await Tiers.ModelAsync(_model);
        RunHost host = await RunHost.OpenAsync(_model, Wake, Tiers.Hosting, CancellationToken.None);
        LookSoon();
        return host;
    }

    private static Payload ToPayload(RunProgress progress) =>
        Payload.FromJson(progress, ApiJson.Default.RunProgress);

    private void Wake(int worker) => _ = Worker(worker).WorkAsync();

    private ITrainingWorkerGrain Worker(int number) => _grains.GetGrain<ITrainingWorkerGrain>(new WorkerKey(_model, number).ToString());

    /// <summary>Sends the grain a call, and does not wait for it. In a silo that is gone nobody is left to hear of a failure.</summary>
    private void LookSoon() => _ = LookSoonAsync();

    private async Task LookSoonAsync() => await _self.LookAsync();

    private async ValueTask TellAsync(Func<RunHost, ValueTask> call) =>
        await UseAsync(async host =>
        {
            await call(host);
            return true;
        });

    private async Task<T> ChangeAsync<T>(Func<Task<T>> change)
    {
        await _change.WaitAsync();
        try
        {
            return await change();
        }
        finally
        {
            _change.Release();
        }
    }

    /// <summary>Has somebody look after the run before there is one, wherever this silo dies.</summary>
    /// <exception cref="StoreException">Reminders cannot be kept now.</exception>
    private async Task RemindAsync()
    {
        try
        {
            await this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod);
        }
        catch (Exception error) when (error is not (OperationCanceledException or OrleansConfigurationException))
        {
            throw new StoreException(StoreProblem.Unavailable, $"the reminder of the run of {_model}", $"it cannot be set: {error.Message}", error);
        }
    }

    /// <returns>Whether the run lasts.</returns>
    private async Task<bool> LookOnceAsync()
    {
        TimeSpan? next = RetryPause;
        try
        {
            RunLook look = await UseAsync(host => host.LookAsync(CancellationToken.None));
            next = look.Next;
            if (look.Expired > 0)
            {
                TierMetrics.ExpiredLeases.Add(look.Expired);
                LogExpired(_model, look.Expired);
            }
        }
        catch (Exception error)
        {
            LogLookFailed(_model, error);
        }

        _nextLook.Change(next ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return next is not null;
    }
}
