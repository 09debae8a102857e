using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>
/// Runs one model's training run: its mailbox and its storage. It starts nothing by itself: its owner looks at it again
/// and again, and workers come for what there is to learn.
/// </summary>
public sealed class RunHost : IAsyncDisposable
{
    private readonly TrainingRun _run;
    private readonly StateSlot _state;
    private readonly TimeProvider _time;
    private readonly Action<int> _wake;
    private readonly Mailbox _mailbox;
    private int _isDisposed;

    private RunHost(TrainingRun run, StateSlot state, ModelId model, Action<int> wake, TierHosting hosting)
    {
        _run = run;
        _state = state;
        _time = hosting.Time;
        _wake = wake;
        _mailbox = new Mailbox($"run of {model}", hosting.Mailbox);
    }

    /// <summary>Loads the run of a model, if there is one, and starts to serve it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="wake">
    /// Tells a worker, by its number from 1, to ask for a lease unless it is at work. It does not wait for the worker.
    /// </param>
    /// <param name="hosting">Where it keeps its state, and the clock of its leases.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The state cannot be loaded, or is damaged.</exception>
    public static async ValueTask<RunHost> OpenAsync(
        ModelId model, Action<int> wake, TierHosting hosting, CancellationToken cancellationToken)
    {
        TrainingRun run = new(model);
        StateSlot state = new(hosting.Store, StateKey.TrainingRun(model));
        await state.LoadAsync(run.Load, cancellationToken);
        return new RunHost(run, state, model, wake, hosting);
    }

    /// <inheritdoc cref="TrainingRun.WouldRead"/>
    public ValueTask<bool> WouldReadAsync(RunSpec spec, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(_ => ValueTask.FromResult(_run.WouldRead(spec)), cancellationToken);

    /// <inheritdoc cref="TrainingRun.Begin"/>
    public ValueTask<RunProgress> StartAsync(RunSpec spec, CancellationToken cancellationToken) =>
        ChangeAsync(
            () =>
            {
                _run.Begin(spec);
                return _run.Progress;
            },
            cancellationToken);

    /// <inheritdoc cref="TrainingRun.Stop"/>
    public ValueTask<RunProgress> StopAsync(CancellationToken cancellationToken) =>
        ChangeAsync(
            () =>
            {
                _run.Stop();
                return _run.Progress;
            },
            cancellationToken);

    /// <inheritdoc cref="TrainingRun.Progress"/>
    public ValueTask<RunProgress> GetProgressAsync(CancellationToken cancellationToken) =>
        _mailbox.AskAsync(_ => ValueTask.FromResult(_run.Progress), cancellationToken);

    /// <inheritdoc cref="TrainingRun.Lease"/>
    public ValueTask<ShardGrant?> LeaseAsync(int worker, CancellationToken cancellationToken) =>
        ChangeAsync(() => _run.Lease(worker, _time.GetUtcNow()), cancellationToken);

    /// <summary>As <see cref="TrainingRun.Plan"/>; all workers hear of it.</summary>
    public async ValueTask PlanAsync(ShardLease lease, RunExtent extent, CancellationToken cancellationToken)
    {
        await ChangeAsync(() => _run.Plan(lease, extent), cancellationToken);
        await LookAsync(cancellationToken);
    }

    /// <inheritdoc cref="TrainingRun.Renew"/>
    public ValueTask RenewAsync(ShardLease lease, ShardReport report, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            _ =>
            {
                _run.Renew(lease, report, _time.GetUtcNow());
                return ValueTask.CompletedTask;
            },
            cancellationToken);

    /// <inheritdoc cref="TrainingRun.Measure"/>
    public ValueTask MeasureAsync(ShardLease lease, int task, IReadOnlyList<int> correct, CancellationToken cancellationToken) =>
        ChangeAsync(() => _run.Measure(lease, task, correct), cancellationToken);

    /// <inheritdoc cref="TrainingRun.Complete"/>
    public ValueTask CompleteAsync(ShardLease lease, ShardReport report, CancellationToken cancellationToken) =>
        ChangeAsync(() => _run.Complete(lease, report), cancellationToken);

    /// <inheritdoc cref="TrainingRun.Fail"/>
    public ValueTask FailAsync(ShardLease lease, string problem, CancellationToken cancellationToken) =>
        ChangeAsync(() => _run.Fail(lease, problem), cancellationToken);

    /// <summary>Takes shards from silent workers, saves what was reported, and wakes every worker.</summary>
    public ValueTask<RunLook> LookAsync(CancellationToken cancellationToken) => ChangeAsync(Look, cancellationToken);

    /// <summary>Saves what was reported, and stops.</summary>
    /// <exception cref="StoreException">It could not be saved; it is stopped all the same.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        try
        {
            await _mailbox.AskAsync(SaveIfChangedAsync, CancellationToken.None);
        }
        finally
        {
            await _mailbox.DisposeAsync();
        }
    }

    private RunLook Look()
    {
        if (!_run.IsUnderWay)
        {
            return default;
        }

        int expired = _run.Expire(_time.GetUtcNow());
        for (int worker = 1; worker <= _run.Spec.Workers; worker++)
        {
            _wake(worker);
        }

        return new RunLook(_run.Spec.LeaseTime / 3, expired);
    }

    private async ValueTask ChangeAsync(Action change, CancellationToken cancellationToken) =>
        await ChangeAsync(
            () =>
            {
                change();
                return true;
            },
            cancellationToken);

    private ValueTask<T> ChangeAsync<T>(Func<T> change, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            async turn =>
            {
                T result = change();
                await SaveIfChangedAsync(turn);
                return result;
            },
            cancellationToken);

    private async ValueTask SaveIfChangedAsync(CancellationToken cancellationToken)
    {
        if (_run.HasUnsaved)
        {
            await _state.SaveAsync(_run.Save(), cancellationToken);
            _run.ConfirmSaved();
        }
    }
}
