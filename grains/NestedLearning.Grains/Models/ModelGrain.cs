using System.Text.Json;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>A model's settings as a grain. They never change once they are there.</summary>
[StoragePlacementFilter]
internal sealed class ModelGrain(SiloTiers tiers, IScheduledActions actions) : Grain, IModelGrain
{
    private readonly Dictionary<string, Task<ConsolidationReport>> _consolidations = [];
    private ModelSettings? _settings;

    private ModelId Model => new(this.GetPrimaryKeyString());

    public async ValueTask CreateAsync(Payload settings, CancellationToken cancellationToken)
    {
        ModelSettings asked = Read(settings.Bytes);
        asked.Spec.Validate();
        asked.Policy.Validate();
        if (await LoadAsync(cancellationToken) is { } existing)
        {
            if (existing != asked)
            {
                throw new ModelConflictException(Model);
            }

            return;
        }

        await GrainFactory.GetGrain<IModelIndexGrain>(IModelIndexGrain.Key).AddAsync(Model.Value, cancellationToken);
        await tiers.Hosting.Store.SaveAsync(StateKey.Spec(Model), asked.ToJson(), null, cancellationToken);
        _settings = asked;
    }

    public async ValueTask<Payload> GetSettingsAsync(CancellationToken cancellationToken)
    {
        ModelSettings settings = await LoadAsync(cancellationToken) ?? throw new UnknownModelException(Model);
        await GrainFactory.GetGrain<IScheduleIndexGrain>(Model.Value).WakeAsync(); // A silo begins to work with the model.
        return new Payload(settings.ToJson());
    }

    public async ValueTask<Payload?> ConsolidateAsync(string? level, CancellationToken cancellationToken)
    {
        string key = level ?? "";
        if (!_consolidations.TryGetValue(key, out Task<ConsolidationReport>? consolidation))
        {
            consolidation = actions.ConsolidateAsync(Model, level is null ? null : new LevelId(level), CancellationToken.None).AsTask();
            _consolidations[key] = consolidation;
        }

        using CancellationTokenSource patience = tiers.StartPatience(cancellationToken);
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

    private async ValueTask<ModelSettings?> LoadAsync(CancellationToken cancellationToken)
    {
        if (_settings is null && await tiers.Hosting.Store.LoadAsync(StateKey.Spec(Model), cancellationToken) is { } stored)
        {
            _settings = Read(stored.Bytes);
        }

        return _settings;
    }

    private ModelSettings Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return ModelSettings.FromJson(json.Span);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new StoreException(
                StoreProblem.Damaged, StateKey.Spec(Model).Value, "the settings of the model cannot be read; restore them from a backup", error);
        }
    }
}
