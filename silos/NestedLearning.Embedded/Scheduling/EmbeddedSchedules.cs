using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>The schedules of all models of this process.</summary>
internal sealed class EmbeddedSchedules : ISchedules, IAsyncDisposable
{
    private const string Owner = "embedded";

    private readonly Func<ModelId, CancellationToken, ValueTask<EmbeddedModel>> _open;
    private readonly ScheduleHosting _hosting;
    private readonly ScheduleIndex _index;
    private readonly Dictionary<ScheduleAddress, EmbeddedSchedule> _schedules = [];
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _isLoaded;
    private bool _isStarted;
    private bool _isClosed;

    public EmbeddedSchedules(Func<ModelId, CancellationToken, ValueTask<EmbeddedModel>> open, EmbeddedActions actions, TierHosting hosting)
    {
        _open = open;
        _hosting = new ScheduleHosting(hosting.Store, actions, Owner) { Time = hosting.Time };
        _index = new ScheduleIndex(hosting.Store, StateKey.Schedules());
    }

    /// <summary>Lets schedules run from now on.</summary>
    /// <exception cref="StoreException">They cannot be loaded; none runs.</exception>
    public async ValueTask StartAsync(CancellationToken cancellationToken) => await InTurnAsync(
        () =>
        {
            _isStarted = true;
            foreach (EmbeddedSchedule schedule in _schedules.Values)
            {
                schedule.LookSoon();
            }

            return ValueTask.FromResult(true);
        },
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SetAsync(ModelId model, ScheduleSpec spec, CancellationToken cancellationToken)
    {
        _ = ScheduleState.Create(spec, _hosting.Time.GetUtcNow()); // Refuses what is not accepted before anything is saved.
        _ = (await _open(model, cancellationToken)).LevelsOf(spec.Level);
        ScheduleAddress address = new(model, spec.Id);
        await InTurnAsync(
            async () =>
            {
                if (!_schedules.TryGetValue(address, out EmbeddedSchedule? schedule))
                {
                    schedule = await EmbeddedSchedule.OpenAsync(address, _hosting, cancellationToken);
                    _schedules.Add(address, schedule);
                }

                await _index.AddAsync(address, cancellationToken);
                await schedule.Host.SetAsync(spec, cancellationToken);
                if (_isStarted)
                {
                    schedule.LookSoon();
                }

                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(ScheduleAddress schedule, CancellationToken cancellationToken) => await InTurnAsync(
        async () =>
        {
            await Find_NeedsTurn(schedule).RemoveAsync(cancellationToken);
            await _index.RemoveAsync(schedule, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Lets go of the schedules of a model that is deleted; what runs is interrupted. Their states are the model's.</summary>
    /// <exception cref="StoreException">The index could not be saved; the same call again goes on.</exception>
    public async ValueTask RemoveAllAsync(ModelId model) => await InTurnAsync(
        async () =>
        {
            foreach (ScheduleAddress schedule in _schedules.Keys.Where(schedule => schedule.Model == model).ToArray())
            {
                if (_schedules.Remove(schedule, out EmbeddedSchedule? removed))
                {
                    await removed.DisposeAsync();
                }
            }

            foreach (ScheduleAddress schedule in _index.Schedules.Where(schedule => schedule.Model == model).ToArray())
            {
                await _index.RemoveAsync(schedule, CancellationToken.None);
            }

            return true;
        },
        CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ScheduleStatus>> ListAsync(ModelId model, CancellationToken cancellationToken)
    {
        _ = await _open(model, cancellationToken);
        ScheduleHost[] hosts = await InTurnAsync(
            () => ValueTask.FromResult<ScheduleHost[]>(
                [.. _schedules.Where(pair => pair.Key.Model == model).OrderBy(pair => pair.Key.Schedule.Value, StringComparer.Ordinal).Select(pair => pair.Value.Host)]),
            cancellationToken);
        List<ScheduleStatus> statuses = [];
        foreach (ScheduleHost host in hosts)
        {
            if (await host.GetStatusAsync(cancellationToken) is { } status)
            {
                statuses.Add(status);
            }
        }

        return statuses;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ScheduleRun>> GetRunsAsync(ScheduleAddress schedule, CancellationToken cancellationToken) =>
        await (await FindAsync(schedule, cancellationToken)).GetRunsAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ScheduleRun> RunAsync(ScheduleAddress schedule, RunTicket ticket, CancellationToken cancellationToken) =>
        await (await FindAsync(schedule, cancellationToken)).RunNowAsync(ticket, CancellationToken.None, cancellationToken);

    /// <summary>Interrupts what is under way, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        _isClosed = true;
        _gate.Release();
        foreach (EmbeddedSchedule schedule in _schedules.Values)
        {
            await schedule.DisposeAsync();
        }
    }

    private ValueTask<ScheduleHost> FindAsync(ScheduleAddress schedule, CancellationToken cancellationToken) =>
        InTurnAsync(() => ValueTask.FromResult(Find_NeedsTurn(schedule)), cancellationToken);

    private ScheduleHost Find_NeedsTurn(ScheduleAddress schedule) =>
        _schedules.TryGetValue(schedule, out EmbeddedSchedule? found) ? found.Host : throw new UnknownScheduleException(schedule);

    /// <summary>Does something as the only one, after what is saved has been loaded.</summary>
    private async ValueTask<T> InTurnAsync<T>(Func<ValueTask<T>> turn, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (!_isLoaded)
            {
                await LoadAsync(cancellationToken);
                _isLoaded = true;
            }

            return await turn();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        await _index.LoadAsync(cancellationToken);
        foreach (ScheduleAddress address in _index.Schedules)
        {
            if (!_schedules.ContainsKey(address))
            {
                _schedules.Add(address, await EmbeddedSchedule.OpenAsync(address, _hosting, cancellationToken));
            }
        }
    }
}
