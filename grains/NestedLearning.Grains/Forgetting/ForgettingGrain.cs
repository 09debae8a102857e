using Microsoft.Extensions.Logging;
using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Orleans.Concurrency;

namespace NestedLearning.Grains;

/// <summary>
/// Takes tenants out of a model. A tenant is noted before anything of it goes and until all is gone, and a reminder is there as long as a
/// note is; so whatever dies on the way, somebody goes on.
/// </summary>
[Reentrant]
[StoragePlacementFilter]
internal sealed partial class ForgettingGrain : Grain, IForgettingGrain, IRemindable
{
    /// <summary>Of whom something may be there still; loaded by the first call.</summary>
    private Task<NameIndex>? _notes;

    private readonly SiloTiers _tiers;
    private readonly TierCalls _calls;
    private readonly ILogger _logger;
    private readonly ModelId _model;
    private readonly string _incarnation;
    private readonly FinishingReminder _reminder;
    private readonly ForgetRequests<ForgetReport> _requests =
        new(report => !report.HadMemory && report.Levels.All(level => level.Version is null));

    /// <summary>What is under way.</summary>
    private readonly Dictionary<TenantId, Task<ForgetReport>> _underWay = [];

    /// <summary>Whoever has it may change the notes, and the reminder with them.</summary>
    private readonly SemaphoreSlim _change = new(1, 1);
    private readonly CancellationTokenSource _leaving = new();

    public ForgettingGrain(SiloTiers tiers, TierCalls calls, ILogger<ForgettingGrain> logger)
    {
        (_tiers, _calls, _logger) = (tiers, calls, logger);
        string key = this.GetPrimaryKeyString();
        (_model, _incarnation) = (new ModelId(ModelKey.NameOf(key)), ModelKey.IncarnationOf(key));
        _reminder = new FinishingReminder(this, ServiceProvider, $"the tenants of {_model} that are being forgotten");
    }

    public async ValueTask<Payload?> ForgetAsync(string tenant, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = _tiers.StartPatience(cancellationToken);
        ForgetReport? report = await AskAsync(new TenantId(tenant), patience.Token);
        cancellationToken.ThrowIfCancellationRequested();
        return report is null ? null : Payload.FromJson(ForgetDocument.From(report), ApiJson.Default.ForgetDocument);
    }

    public async ValueTask AdmitAsync(string tenant, CancellationToken cancellationToken)
    {
        if ((await OpenedAsync()).Names.Contains(tenant))
        {
            Finish(new TenantId(tenant));
            throw new BusyException($"The tenant '{tenant}', which is being forgotten,");
        }
    }

    public async ValueTask FinishAsync()
    {
        try
        {
            foreach (string tenant in (await OpenedAsync()).Names)
            {
                Finish(new TenantId(tenant));
            }

            await ChangeAsync(async notes => await (notes.Names.Count > 0 ? _reminder.SetAsync() : _reminder.UnsetAsync())); // It may be lost, or needed no more.
        }
        catch (UnknownModelException)
        {
            await _reminder.UnsetAsync(); // Its deletion takes care of the tenants.
        }
        catch (Exception error)
        {
            LogNotFinished(_model, error);
        }
    }

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        await LeaveAsync();
        await _tiers.Hosting.Store.DeleteAsync(StateKey.Forgetting(_model), cancellationToken);
        await _reminder.UnsetAsync();
        DeactivateOnIdle();
    }

    /// <summary>Something may have been cut short.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status) => await FinishAsync();

    /// <summary>What is under way ends here; the next activation goes on with it.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => LeaveAsync();

    private async Task LeaveAsync()
    {
        await _leaving.CancelAsync();
        await Task.WhenAll(_underWay.Values.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    /// <summary>Joins what is under way, or begins it; null when patience ended first.</summary>
    private ValueTask<ForgetReport?> AskAsync(TenantId tenant, CancellationToken patience) =>
        _requests.AskAsync(new SourceId(tenant.Value), () => _underWay[tenant] = TrackAsync(tenant), patience);

    private void Finish(TenantId tenant)
    {
        if (!_underWay.ContainsKey(tenant))
        {
            _ = FinishOneAsync(tenant);
        }
    }

    /// <summary>Leaves what comes of it to whoever asks.</summary>
    private async Task FinishOneAsync(TenantId tenant)
    {
        try
        {
            await AskAsync(tenant, new CancellationToken(true));
            await _underWay[tenant];
        }
        catch (Exception error)
        {
            LogNotFinished(_model, error);
        }
    }

    private async Task<ForgetReport> TrackAsync(TenantId tenant)
    {
        await Task.Yield(); // It is under way before it ends.
        try
        {
            return await RunAsync(new MemoryAddress(_model, tenant));
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            throw new StoppingException(this.GetPrimaryKeyString());
        }
        finally
        {
            _underWay.Remove(tenant);
        }
    }

    private async Task<ForgetReport> RunAsync(MemoryAddress memory)
    {
        CancellationToken leaving = _leaving.Token;
        leaving.ThrowIfCancellationRequested();
        SiloModel model = await _tiers.ModelAsync(_model, _incarnation);
        await NoteAsync(memory.Tenant);
        ForgetReport report;
        try
        {
            bool hadMemory = await _calls.AskAsync(GrainFactory.GetGrain<IFastMemoryGrain>(MemoryKey.Of(memory)).ForgetAsync, leaving);
            report = new ForgetReport(hadMemory, await ForgetAsync(model, memory.Source, leaving));
        }
        catch (NotForgettableException)
        {
            await UnnoteAsync(memory.Tenant); // Nothing was removed.
            throw;
        }

        await UnnoteAsync(memory.Tenant);
        return report;
    }

    private async Task<IReadOnlyList<ForgottenLevel>> ForgetAsync(SiloModel model, SourceId source, CancellationToken cancellationToken)
    {
        List<ForgottenLevel> levels = [];
        foreach (ILevelLink link in model.Links)
        {
            IConsolidatorGrain level =
                GrainFactory.GetGrain<IConsolidatorGrain>(new ConsolidatorKey(_model, _incarnation, link.Level, 0).ToString());
            Payload? answer;
            do
            {
                answer = await _calls.AskAsync(stop => level.ForgetAsync(source.Value, stop), cancellationToken);
            }
            while (answer is null);

            levels.Add(answer.Value.ToDocument(ApiJson.Default.ForgottenLevelDocument).ToLevel());
        }

        return levels;
    }

    /// <summary>The reminder is there before the first note.</summary>
    private Task NoteAsync(TenantId tenant) => ChangeAsync(async notes =>
    {
        await (notes.Names.Count == 0 ? _reminder.SetAsync() : Task.CompletedTask);
        await notes.AddAsync(tenant.Value, _leaving.Token);
    });

    /// <summary>The reminder is there until after the last note.</summary>
    private Task UnnoteAsync(TenantId tenant) => ChangeAsync(async notes =>
    {
        await notes.RemoveAsync(tenant.Value, _leaving.Token);
        await (notes.Names.Count == 0 ? _reminder.UnsetAsync() : Task.CompletedTask);
    });

    private async Task ChangeAsync(Func<NameIndex, Task> change)
    {
        NameIndex notes = await OpenedAsync();
        await _change.WaitAsync(_leaving.Token);
        try
        {
            await change(notes);
        }
        catch (StoreException error) when (error.Problem == StoreProblem.Conflict)
        {
            // Another activation saved them: the same call again loads what counts.
            DeactivateOnIdle();
            throw new StoppingException(this.GetPrimaryKeyString());
        }
        finally
        {
            _change.Release();
        }
    }

    private async Task<NameIndex> OpenedAsync()
    {
        Task<NameIndex> opening = _notes ??= OpenAsync();
        try
        {
            return await opening;
        }
        catch
        {
            if (_notes == opening)
            {
                _notes = null;
            }

            throw;
        }
    }

    private async Task<NameIndex> OpenAsync()
    {
        _ = await _tiers.ModelAsync(_model, _incarnation); // Nothing is noted any more of a model that was deleted.
        NameIndex notes = new(_tiers.Hosting.Store, StateKey.Forgetting(_model), name => new TenantId(name).Value);
        await notes.LoadAsync(_leaving.Token);
        return notes;
    }
}
