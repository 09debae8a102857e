using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>
/// The engine without a cluster: every memory and every consolidator has a mailbox in this process, and what passes
/// between them is encoded as on the wire. State lives in the given store, which the caller keeps and closes.
/// </summary>
public sealed partial class EmbeddedCluster : ILearningCluster
{
    private readonly TierHosting _hosting;
    private readonly Dictionary<ModelId, EmbeddedModel> _models = [];
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly NameIndex _names;
    private readonly EmbeddedActions _actions;
    private readonly EmbeddedSchedules _schedules;
    private bool _hasNames;
    private bool _isClosed;

    /// <summary>An engine over a store; models that the store holds are opened when they are asked for.</summary>
    /// <exception cref="InvalidEmbeddedOptionsException">At least one option is out of its range.</exception>
    public EmbeddedCluster(ITierStore store, EmbeddedOptions options)
    {
        options.Validate();
        _hosting = options.ToHosting(store);
        _names = new NameIndex(store, StateKey.Models(), name => new ModelId(name).Value);
        _actions = new EmbeddedActions(ModelAsync, store);
        _schedules = new EmbeddedSchedules(ModelAsync, _actions, _hosting);
    }

    /// <summary>The schedules of its models. They run once they are started.</summary>
    public ISchedules Schedules => _schedules;

    /// <summary>Lets schedules run from now on, first what was missed since they did. Without it they only run on request.</summary>
    /// <exception cref="StoreException">The schedules cannot be loaded; none runs.</exception>
    public ValueTask StartSchedulesAsync(CancellationToken cancellationToken) => _schedules.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask CreateModelAsync(ModelId model, ModelSpec spec, RoundPolicy policy, CancellationToken cancellationToken) =>
        CreateAsync(model, new ModelSettings(spec, policy), [], cancellationToken);

    /// <inheritdoc/>
    public ValueTask ImportModelAsync(
        ModelId model, ModelSpec spec, RoundPolicy policy, IReadOnlyList<InitialLevel> levels, CancellationToken cancellationToken)
    {
        spec.Validate();
        InitialParts initial = InitialParts.Of(model, spec, levels);
        ModelSettings settings = new(spec, policy) { Initial = initial.Digest, ImportedAt = _hosting.Time.GetUtcNow() };
        return CreateAsync(model, settings, initial.Parts, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<ModelCheckpoint> GetCheckpointAsync(ModelId model, bool withStatistics, CancellationToken cancellationToken)
    {
        EmbeddedModel opened = await ModelAsync(model, cancellationToken);
        return await ModelCheckpoint.CollectAsync(
            opened.Settings, level => opened.Level(level).GetVersionAsync(cancellationToken), withStatistics ? GetWholeAsync : null);

        async ValueTask<CheckpointLevel> GetWholeAsync(LevelId level) =>
            CheckpointFrames.Decode(model, level, (await opened.Level(level).GetCheckpointAsync(cancellationToken)).Frames);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ModelId>> GetModelsAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            await LoadNamesAsync(cancellationToken);
            return [.. _names.Names.Select(name => new ModelId(name)).Where(model => !_doomed.Contains(model))];
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ModelSettings> GetModelAsync(ModelId model, CancellationToken cancellationToken) =>
        (await ModelAsync(model, cancellationToken)).Settings;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TenantId>> GetTenantsAsync(ModelId model, TenantQuery query, CancellationToken cancellationToken)
    {
        query.Validate();
        IReadOnlyList<ConsolidatorHost> levels = (await ModelAsync(model, cancellationToken)).Levels;
        return levels is [var fastest, ..] ? await fastest.GetTenantsAsync(query, cancellationToken) : [];
    }

    /// <inheritdoc/>
    public ValueTask<FeedReceipt> FeedAsync(MemoryAddress memory, EventBatch batch, CancellationToken cancellationToken) =>
        UseAsync(
            memory,
            async host => (await host.FeedAsync(batch, CancellationToken.None, cancellationToken)).Receipt,
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Receipt> FlushAsync(
        MemoryAddress memory, SourceId source, FlushTicket ticket, CancellationToken cancellationToken) =>
        UseAsync(
            memory,
            async host => (await host.FlushAsync(source, ticket, CancellationToken.None, cancellationToken)).Marks,
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Prediction>> PredictAsync(
        MemoryAddress memory, IReadOnlyList<ModelInput> inputs, CancellationToken cancellationToken) =>
        UseAsync(memory, host => host.PredictAsync(inputs, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LevelStatus>> GetLevelsAsync(ModelId model, CancellationToken cancellationToken)
    {
        List<LevelStatus> statuses = [];
        foreach (ConsolidatorHost level in (await ModelAsync(model, cancellationToken)).Levels)
        {
            statuses.Add(await level.GetStatusAsync(cancellationToken));
        }

        return statuses;
    }

    /// <inheritdoc/>
    public ValueTask<MemoryStatus> GetMemoryAsync(MemoryAddress memory, CancellationToken cancellationToken) =>
        UseAsync(memory, host => host.GetStatusAsync(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<LevelVersion> GetVersionAsync(ModelId model, LevelId level, CancellationToken cancellationToken) =>
        await (await ModelAsync(model, cancellationToken)).Level(level).GetVersionAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<VersionRecord>> GetVersionsAsync(
        ModelId model, LevelId level, long before, int count, CancellationToken cancellationToken) =>
        await (await ModelAsync(model, cancellationToken)).Level(level).GetVersionsAsync(before, count, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<LineageEntry> RollbackAsync(
        ModelId model, LevelId level, long version, long from, CancellationToken cancellationToken) =>
        await (await ModelAsync(model, cancellationToken)).Level(level).RollbackAsync(version, from, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<LineageEntry> ReplayAsync(ModelId model, LevelId level, long version, CancellationToken cancellationToken) =>
        await (await ModelAsync(model, cancellationToken)).Level(level).ReplayAsync(version, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ForgetReport> ForgetAsync(ModelId model, TenantId tenant, CancellationToken cancellationToken) =>
        await (await ModelAsync(model, cancellationToken)).ForgetAsync(tenant, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ExportedFile> ExportTenantAsync(
        ModelId model, TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        EmbeddedModel opened = await ModelAsync(model, cancellationToken);
        MemoryAddress memory = new(model, tenant);
        await foreach (ExportedFile file in TenantExport.RunAsync(memory, opened.Settings, opened.HoldingsOf(memory), cancellationToken))
        {
            yield return file;
        }
    }

    /// <inheritdoc/>
    public ValueTask<ConsolidationReport> ConsolidateAsync(ModelId model, LevelId? level, CancellationToken cancellationToken) =>
        _actions.ConsolidateAsync(model, level, cancellationToken);

    /// <summary>
    /// Saves every memory and stops. Work that was accepted is finished first, but for what waits for other sources: it is
    /// refused with <see cref="MailboxClosedException"/>, and goes on when the cluster opens again on the same store.
    /// </summary>
    /// <exception cref="StoreException">A memory could not be saved; everything is stopped all the same.</exception>
    public async ValueTask DisposeAsync()
    {
        await _schedules.DisposeAsync();
        await _gate.WaitAsync();
        EmbeddedModel[] models = [.. _models.Values];
        Task[] deletions = [.. _deletions.Values];
        _models.Clear();
        _isClosed = true;
        _gate.Release();

        await Task.WhenAll(deletions).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Whoever began one has heard of its failure.
        Exception? failure = null;
        foreach (EmbeddedModel model in models)
        {
            try
            {
                await model.DisposeAsync();
            }
            catch (Exception error)
            {
                failure ??= error;
            }
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private async ValueTask<T> UseAsync<T>(
        MemoryAddress memory, Func<MemoryHost, ValueTask<T>> use, CancellationToken cancellationToken)
    {
        EmbeddedModel model = await ModelAsync(memory.Model, cancellationToken);
        return await model.UseAsync(memory.Tenant, use, cancellationToken);
    }

    private async ValueTask CreateAsync(
        ModelId model, ModelSettings settings, IReadOnlyList<InitialPart> initial, CancellationToken cancellationToken)
    {
        settings.Spec.Validate();
        settings.Policy.Validate();
        await EnterWhenNotDeletedAsync(model, cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (await OpenAsync(model, cancellationToken) is { } existing)
            {
                if (!existing.Settings.IsAskedFor(settings))
                {
                    throw new ModelConflictException(model);
                }

                return;
            }

            await LoadNamesAsync(cancellationToken);
            await _names.AddAsync(model.Value, cancellationToken);
            PendingImports imports = new(_hosting.Store, model);
            foreach (InitialPart part in initial)
            {
                await imports.AddAsync(settings.Initial!, part.Level, cancellationToken);
                await InitialParts.SaveAsync(_hosting.Store, model, settings.Initial!, part, cancellationToken);
            }

            await _hosting.Store.SaveAsync(StateKey.Spec(model), settings.ToJson(), null, cancellationToken);
            await OpenAsync(model, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask<EmbeddedModel> ModelAsync(ModelId model, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            return await OpenAsync(model, cancellationToken) ?? throw new UnknownModelException(model);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask<EmbeddedModel?> OpenAsync(ModelId model, CancellationToken cancellationToken)
    {
        if (_models.TryGetValue(model, out EmbeddedModel? open))
        {
            return open;
        }

        if (await _hosting.Store.LoadAsync(StateKey.Spec(model), cancellationToken) is not { } stored
            || await new ModelErasure(_hosting.Store, model).IsMarkedAsync(cancellationToken))
        {
            return null;
        }

        ModelSettings settings = Read(stored, StateKey.Spec(model));
        await new PendingImports(_hosting.Store, model).EndAsync(settings.Initial, cancellationToken);
        return _models[model] = await EmbeddedModel.OpenAsync(model, settings, _hosting, cancellationToken);
    }

    private async ValueTask LoadNamesAsync(CancellationToken cancellationToken)
    {
        if (!_hasNames)
        {
            await _names.LoadAsync(cancellationToken);
            await FindDoomedAsync(cancellationToken);
            _hasNames = true;
        }
    }

    private static ModelSettings Read(StoredState stored, StateKey key)
    {
        try
        {
            return ModelSettings.FromJson(stored.Bytes.Span);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new StoreException(
                StoreProblem.Damaged, key.Value, "the settings of the model cannot be read; restore them from a backup", error);
        }
    }
}
