using System.Text.Json;
using Microsoft.Extensions.Logging;
using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>A model's settings as a grain. They never change once they are there, until the model is deleted.</summary>
[StoragePlacementFilter]
internal sealed partial class ModelGrain : Grain, IModelGrain, IRemindable
{
    private readonly SiloTiers _tiers;
    private readonly IScheduledActions _actions;
    private readonly SiloSweep _silos;
    private readonly ILogger _logger;
    private readonly FinishingReminder _reminder;
    private readonly Dictionary<string, Task<ConsolidationReport>> _consolidations = [];

    /// <summary>Whoever has it may make the model, or delete it.</summary>
    private readonly SemaphoreSlim _change = new(1, 1);
    private readonly CancellationTokenSource _leaving = new();
    private StoredModel? _stored;
    private PendingImports? _imports;
    private Task<bool>? _deletion;
    private Task _finishing = Task.CompletedTask;

    public ModelGrain(SiloTiers tiers, IScheduledActions actions, SiloSweep silos, ILogger<ModelGrain> logger)
    {
        (_tiers, _actions, _silos, _logger) = (tiers, actions, silos, logger);
        _reminder = new FinishingReminder(this, ServiceProvider, $"the deletion of {Model}");
    }

    private ModelId Model => new(this.GetPrimaryKeyString());

    private ITierStore Store => _tiers.Hosting.Store;

    public async ValueTask CreateAsync(Payload settings, CancellationToken cancellationToken)
    {
        ModelSettings asked = Read(settings.Bytes).Settings;
        asked.Spec.Validate();
        asked.Policy.Validate();
        await LeaveToDeletionAsync(cancellationToken);
        if (!_change.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            throw Busy(); // It does not wait: what the deletion stops may ask this grain something.
        }

        try
        {
            await CreateAsync(asked, cancellationToken);
        }
        finally
        {
            _change.Release();
        }
    }

    public async ValueTask StorePartAsync(string digest, string level, int part, Payload bytes, CancellationToken cancellationToken)
    {
        await LeaveToDeletionAsync(cancellationToken);
        if (!_change.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            throw Busy();
        }

        try
        {
            await StoreAsync(digest, new InitialPart(new LevelId(level), part, bytes.Bytes), cancellationToken);
        }
        catch (StoreException error) when (error.Problem == StoreProblem.Conflict)
        {
            // Another activation stores parts, too: the same call again loads what counts.
            _imports = null;
            throw new StoppingException(this.GetPrimaryKeyString());
        }
        finally
        {
            _change.Release();
        }
    }

    public async ValueTask<Payload> GetSettingsAsync(CancellationToken cancellationToken)
    {
        StoredModel stored = await LoadAsync(cancellationToken) ?? throw new UnknownModelException(Model);
        await GrainFactory.GetGrain<IScheduleIndexGrain>(Model.Value).WakeAsync(); // A silo begins to work with the model.
        return new Payload(stored.ToJson());
    }

    public async ValueTask<Payload?> ConsolidateAsync(string? level, CancellationToken cancellationToken)
    {
        string key = level ?? "";
        if (!_consolidations.TryGetValue(key, out Task<ConsolidationReport>? consolidation))
        {
            consolidation = _actions.ConsolidateAsync(Model, level is null ? null : new LevelId(level), CancellationToken.None).AsTask();
            _consolidations[key] = consolidation;
        }

        using CancellationTokenSource patience = _tiers.StartPatience(cancellationToken);
        try
        {
            ConsolidationReport report = await consolidation.WaitAsync(patience.Token);
            return Payload.FromJson(ConsolidationDocument.From(report), ApiJson.Default.ConsolidationDocument);
        }
        catch (OperationCanceledException) when (!consolidation.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            return null; // It goes on, and whoever asked asks again.
        }
        finally
        {
            if (consolidation.IsCompleted)
            {
                _consolidations.Remove(key);
            }
        }
    }

    public async ValueTask<bool?> DeleteAsync(CancellationToken cancellationToken)
    {
        Task<bool> deletion = StartDeleting();
        using CancellationTokenSource patience = _tiers.StartPatience(cancellationToken);
        try
        {
            return await deletion.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!deletion.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            return null; // It goes on, and whoever asked asks again.
        }
    }

    public ValueTask FinishAsync()
    {
        if (_finishing.IsCompleted)
        {
            _finishing = FinishOnceAsync();
        }

        return ValueTask.CompletedTask; // It goes on by itself; calls of the model do not wait for it.
    }

    /// <summary>A deletion may have been cut short.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status) => await FinishAsync();

    /// <summary>What is under way ends here, lest it goes on beside the next activation, and beyond what that makes anew.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _leaving.CancelAsync();
        await Task.WhenAll(_finishing, _deletion ?? Task.CompletedTask)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private async Task CreateAsync(ModelSettings asked, CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } existing)
        {
            if (!existing.Settings.IsAskedFor(asked))
            {
                throw new ModelConflictException(Model);
            }

            await EndImportsAsync(existing, cancellationToken);
            return;
        }

        if (asked.Initial is { } digest)
        {
            await CheckPartsAsync(asked.Spec, digest, cancellationToken);
        }

        await GrainFactory.GetGrain<IModelIndexGrain>(IModelIndexGrain.Key).AddAsync(Model.Value, cancellationToken);
        StoredModel made = new(asked.Spec, asked.Policy, Guid.NewGuid().ToString("n"))
        {
            Initial = asked.Initial,
            ImportedAt = asked.Initial is null ? null : _tiers.Hosting.Time.GetUtcNow(),
        };
        await Store.SaveAsync(StateKey.Spec(Model), made.ToJson(), null, cancellationToken);
        _stored = made;
        await EndImportsAsync(made, cancellationToken);
    }

    /// <summary>Names what is stored, and the model, before it stores; so nothing is left that nobody finds.</summary>
    private async ValueTask StoreAsync(string digest, InitialPart part, CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } existing)
        {
            if (existing.Initial != digest)
            {
                throw new ModelConflictException(Model);
            }

            return; // With all its parts.
        }

        if (part.Number == 0)
        {
            await GrainFactory.GetGrain<IModelIndexGrain>(IModelIndexGrain.Key).AddAsync(Model.Value, cancellationToken);
        }
        else if (!await InitialParts.IsThereAsync(Store, Model, digest, part.Level, part.Number - 1, cancellationToken))
        {
            throw new ImportOvertakenException(Model);
        }

        await (_imports ??= new PendingImports(Store, Model)).AddAsync(digest, part.Level, cancellationToken);
        await InitialParts.SaveAsync(Store, Model, digest, part, cancellationToken);
    }

    /// <summary>Every level has its first part, so it has all: they are stored in order, and whoever deletes some deletes that, too.</summary>
    private async ValueTask CheckPartsAsync(ModelSpec spec, string digest, CancellationToken cancellationToken)
    {
        foreach (LevelSpec level in spec.Levels.Where(level => level.Scope == LevelScope.Shared))
        {
            if (!await InitialParts.IsThereAsync(Store, Model, digest, level.Id, 0, cancellationToken))
            {
                throw new ImportOvertakenException(Model);
            }
        }
    }

    private ValueTask EndImportsAsync(StoredModel made, CancellationToken cancellationToken)
    {
        _imports = null;
        return new PendingImports(Store, Model).EndAsync(made.Initial, cancellationToken);
    }

    private Task<bool> StartDeleting()
    {
        if (_deletion is null or { IsCompleted: true })
        {
            _deletion = DeleteOnceAsync();
        }

        return _deletion;
    }

    private Task<bool> DeleteOnceAsync() => ChangeAsync(deletion => deletion.RunAsync(_leaving.Token));

    private async Task FinishOnceAsync()
    {
        try
        {
            if (await ChangeAsync(deletion => deletion.FinishAsync(_leaving.Token)))
            {
                StoredModel? stored = await LoadAsync(_leaving.Token);
                await (stored is null ? ValueTask.CompletedTask : Forgetting(stored).FinishAsync());
            }
        }
        catch (Exception error)
        {
            LogNotFinished(Model, error);
        }
    }

    private async Task<bool> ChangeAsync(Func<ModelDeletion, Task<bool>> change)
    {
        try
        {
            await _change.WaitAsync(_leaving.Token);
            try
            {
                return await change(new ModelDeletion(Model, _tiers, _silos, GrainFactory, _reminder, () => (_stored, _imports) = (null, null)));
            }
            finally
            {
                _change.Release();
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            throw new StoppingException(Model.Value);
        }
    }

    private IForgettingGrain Forgetting(StoredModel stored) => GrainFactory.GetGrain<IForgettingGrain>(ModelKey.Of(Model, stored.Incarnation));

    /// <summary>A model of a name whose last one is being deleted has to wait; where nobody goes on with that any more, this does.</summary>
    /// <exception cref="BusyException">It is; the same call again, a little later, finds it gone.</exception>
    private async ValueTask LeaveToDeletionAsync(CancellationToken cancellationToken)
    {
        if (_deletion is { IsCompleted: false } || await new ModelErasure(Store, Model).IsMarkedAsync(cancellationToken))
        {
            _ = StartDeleting();
            throw Busy();
        }
    }

    private BusyException Busy() => new($"The model '{Model}', which is being deleted,");

    private async ValueTask<StoredModel?> LoadAsync(CancellationToken cancellationToken)
    {
        if (_stored is null
            && await Store.LoadAsync(StateKey.Spec(Model), cancellationToken) is { } stored
            && !await new ModelErasure(Store, Model).IsMarkedAsync(cancellationToken))
        {
            StoredModel loaded = Read(stored.Bytes);
            await EndImportsAsync(loaded, cancellationToken);
            _stored = loaded;
        }

        return _stored;
    }

    private StoredModel Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return StoredModel.FromJson(json.Span);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new StoreException(
                StoreProblem.Damaged, StateKey.Spec(Model).Value, "the settings of the model cannot be read; restore them from a backup", error);
        }
    }
}
