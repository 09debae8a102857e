using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>
/// The tiers of an Orleans cluster, from within a silo or from a client of Orleans. Calls are made again when a silo goes;
/// events that a memory lost with it are refused with <see cref="EventsMissingException"/>, and whoever has them sends them again.
/// </summary>
public sealed partial class GrainCluster(IGrainFactory grains, TierCalls calls) : ILearningCluster
{
    private const int EventsPerCall = 1024;
    private const int InputsPerCall = 1024;

    private readonly CancellationTokenSource _closing = new();
    private readonly SeenVersions _seen = new();

    /// <inheritdoc/>
    public ValueTask CreateModelAsync(ModelId model, ModelSpec spec, RoundPolicy policy, CancellationToken cancellationToken)
    {
        spec.Validate();
        policy.Validate();
        Payload settings = new(new ModelSettings(spec, policy).ToJson());
        return TellAsync(stop => grains.GetGrain<IModelGrain>(model.Value).CreateAsync(settings, stop), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask ImportModelAsync(
        ModelId model, ModelSpec spec, RoundPolicy policy, IReadOnlyList<InitialLevel> levels, CancellationToken cancellationToken)
    {
        spec.Validate();
        policy.Validate();
        IModelGrain grain = grains.GetGrain<IModelGrain>(model.Value);
        InitialParts initial = InitialParts.Of(model, spec, levels);
        foreach (InitialPart part in initial.Parts)
        {
            await TellAsync(stop => grain.StorePartAsync(initial.Digest, part.Level.Value, part.Number, new Payload(part.Bytes), stop), cancellationToken);
        }

        Payload settings = new(new ModelSettings(spec, policy) { Initial = initial.Digest }.ToJson());
        await TellAsync(stop => grain.CreateAsync(settings, stop), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<ModelCheckpoint> GetCheckpointAsync(ModelId model, bool withStatistics, CancellationToken cancellationToken)
    {
        return await ModelCheckpoint.CollectAsync(
            await GetModelAsync(model, cancellationToken), level => GetVersionAsync(model, level, cancellationToken), withStatistics ? GetWholeAsync : null);

        async ValueTask<CheckpointLevel> GetWholeAsync(LevelId level)
        {
            IConsolidatorGrain grain = await LevelAsync(model, level, cancellationToken);
            FrameDownload download = new(grain.OfferCheckpointAsync, grain.ReadCheckpointAsync, new TierSiloOptions(), calls);
            return CheckpointFrames.Decode(model, level, await AskAsync(download.FetchAsync, cancellationToken));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ModelId>> GetModelsAsync(CancellationToken cancellationToken)
    {
        string[] names = await AskAsync(grains.GetGrain<IModelIndexGrain>(IModelIndexGrain.Key).ListAsync, cancellationToken);
        return Array.ConvertAll(names, name => new ModelId(name));
    }

    /// <inheritdoc/>
    public async ValueTask<ModelSettings> GetModelAsync(ModelId model, CancellationToken cancellationToken)
    {
        return (await FindAsync(model, cancellationToken)).Settings;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteModelAsync(ModelId model, CancellationToken cancellationToken)
    {
        IModelGrain grain = grains.GetGrain<IModelGrain>(model.Value);
        bool isRepeated = false;
        bool? isThere;
        do
        {
            isThere = await AskAsync(
                async stop =>
                {
                    try
                    {
                        return await grain.DeleteAsync(stop);
                    }
                    catch
                    {
                        isRepeated = true; // What was there for this attempt need not be for the next.
                        throw;
                    }
                },
                cancellationToken);
            isRepeated |= isThere is null;
        }
        while (isThere is null);

        _seen.Forget(model);
        return isThere.Value || isRepeated;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TenantId>> GetTenantsAsync(ModelId model, TenantQuery query, CancellationToken cancellationToken)
    {
        query.Validate();
        if (await SharedLevelsAsync(model, cancellationToken) is not [(_, var fastest), ..])
        {
            return [];
        }

        string[] names = await AskAsync(
            stop => fastest.GetTenantsAsync(query.Prefix, query.After?.Value, query.Count, stop), cancellationToken);
        return Array.ConvertAll(names, name => new TenantId(name));
    }

    /// <inheritdoc/>
    public async ValueTask<FeedReceipt> FeedAsync(MemoryAddress memory, EventBatch batch, CancellationToken cancellationToken)
    {
        GrainFeed feed = new(grains.GetGrain<IFastMemoryGrain>(MemoryKey.Of(memory)), batch, _seen.LevelsOf(memory.Model), EventsPerCall);
        do
        {
            await TellAsync(feed.SendAsync, cancellationToken);
        }
        while (!feed.IsDone);

        return feed.Receipt;
    }

    /// <inheritdoc/>
    public async ValueTask<Receipt> FlushAsync(
        MemoryAddress memory, SourceId source, FlushTicket ticket, CancellationToken cancellationToken)
    {
        IFastMemoryGrain grain = grains.GetGrain<IFastMemoryGrain>(MemoryKey.Of(memory));
        FlushReply reply;
        do
        {
            reply = await AskAsync(stop => grain.FlushAsync(source.Value, ticket.Value, ticket.After, stop), cancellationToken);
        }
        while (!reply.IsSettled);

        _seen.Add(memory.Model, reply.Versions);
        return reply.Marks.ToReceipt();
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Prediction>> PredictAsync(
        MemoryAddress memory, IReadOnlyList<ModelInput> inputs, CancellationToken cancellationToken)
    {
        IFastMemoryGrain grain = grains.GetGrain<IFastMemoryGrain>(MemoryKey.Of(memory));
        List<Prediction> predictions = [];
        IEnumerable<ModelInput[]> chunks = inputs.Count == 0 ? [[]] : inputs.Chunk(InputsPerCall);
        foreach (ModelInput[] chunk in chunks)
        {
            PredictReply reply = await AskAsync(
                stop => grain.PredictAsync(chunk, _seen.Of(memory.Model), stop), cancellationToken);
            predictions.AddRange(reply.ToPredictions());
        }

        return predictions;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LevelStatus>> GetLevelsAsync(ModelId model, CancellationToken cancellationToken)
    {
        StoredModel stored = await FindAsync(model, cancellationToken);
        List<LevelStatus> statuses = [];
        foreach ((_, IConsolidatorGrain level) in SharedLevelsOf(model, stored))
        {
            statuses.Add((await AskAsync(level.GetStatusAsync, cancellationToken)).ToStatus());
        }

        _seen.Add(model, new SeenLevels(stored.Incarnation, [.. statuses.Select(status => status.Version)]));
        return statuses;
    }

    /// <inheritdoc/>
    public async ValueTask<MemoryStatus> GetMemoryAsync(MemoryAddress memory, CancellationToken cancellationToken)
    {
        IFastMemoryGrain grain = grains.GetGrain<IFastMemoryGrain>(MemoryKey.Of(memory));
        return (await AskAsync(grain.GetStatusAsync, cancellationToken)).ToStatus();
    }

    /// <inheritdoc/>
    public async ValueTask<LevelVersion> GetVersionAsync(ModelId model, LevelId level, CancellationToken cancellationToken)
    {
        VersionDownload download = new(await LevelAsync(model, level, cancellationToken), new TierSiloOptions(), calls);
        IReadOnlyList<ReadOnlyMemory<byte>> frames = await AskAsync(stop => download.FetchAsync(-1, stop), cancellationToken);
        return frames.Aggregate((LevelVersion?)null, (version, frame) => LevelVersions.Follow(version, frame))!;
    }

    /// <summary>Ends what this object has under way. The cluster goes on.</summary>
    public ValueTask DisposeAsync()
    {
        _closing.Cancel();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<StoredModel> FindAsync(ModelId model, CancellationToken cancellationToken)
    {
        Payload json = await AskAsync(grains.GetGrain<IModelGrain>(model.Value).GetSettingsAsync, cancellationToken);
        return StoredModel.FromJson(json.Bytes.Span);
    }

    private async ValueTask<IReadOnlyList<(LevelId Id, IConsolidatorGrain Grain)>> SharedLevelsAsync(ModelId model, CancellationToken cancellationToken) =>
        SharedLevelsOf(model, await FindAsync(model, cancellationToken));

    private IReadOnlyList<(LevelId Id, IConsolidatorGrain Grain)> SharedLevelsOf(ModelId model, StoredModel stored) =>
    [
        .. stored.Spec.Levels
            .Where(level => level.Scope == LevelScope.Shared)
            .Select(level => (level.Id, grains.GetGrain<IConsolidatorGrain>(new ConsolidatorKey(model, stored.Incarnation, level.Id, 0).ToString()))),
    ];

    private async ValueTask TellAsync(Func<CancellationToken, ValueTask> call, CancellationToken cancellationToken) =>
        await AskAsync(
            async stop =>
            {
                await call(stop);
                return true;
            },
            cancellationToken);

    private async ValueTask<T> AskAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            return await calls.AskAsync(call, stop.Token);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StoppingException("The client of the cluster");
        }
        catch (Exception error) when (error is not (NestedLearningException or OperationCanceledException) && TierCalls.MayPass(error))
        {
            throw new ClusterFailedException($"The cluster cannot be reached: {error.Message}", error);
        }
    }
}
