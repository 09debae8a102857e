using System.Runtime.ExceptionServices;
using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>One model: a consolidator for each shared level, and the memories that are in use.</summary>
internal sealed partial class EmbeddedModel : IAsyncDisposable
{
    private readonly ModelId _model;
    private readonly ITierStore _store;

    private EmbeddedModel(
        ModelId model, ModelSettings settings, IReadOnlyList<ConsolidatorHost> levels, TierHosting hosting)
    {
        _model = model;
        _store = hosting.Store;
        Settings = settings;
        Levels = levels;
        Learning = hosting.Learning;
        Memories = new ResidentMemories(
            async tenant =>
            {
                await FinishForgettingAsync(tenant);
                return await MemoryHost.OpenAsync(new MemoryAddress(model, tenant), settings, levels, hosting, CancellationToken.None);
            },
            hosting.Time);
        _forgetting = new NameIndex(_store, StateKey.Forgetting(model), name => new TenantId(name).Value);
    }

    public ModelSettings Settings { get; }

    public IReadOnlyList<ConsolidatorHost> Levels { get; }

    public ResidentMemories Memories { get; }

    /// <summary>Counts what its memories learn.</summary>
    public LearningCounter Learning { get; }

    public static async ValueTask<EmbeddedModel> OpenAsync(
        ModelId model, ModelSettings settings, TierHosting hosting, CancellationToken cancellationToken)
    {
        List<ConsolidatorHost> levels = [];
        EmbeddedModel opened = new(model, settings, levels, hosting with { Learning = new LearningCounter() });
        try
        {
            foreach (LevelSpec level in settings.Spec.Levels.Where(level => level.Scope == LevelScope.Shared))
            {
                levels.Add(await ConsolidatorHost.OpenAsync(model, settings, level.Id, hosting, cancellationToken));
            }

            await opened._forgetting.LoadAsync(cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>The consolidator of a shared level.</summary>
    /// <exception cref="UnknownLevelException">The model has no such shared level.</exception>
    public ConsolidatorHost Level(LevelId level) =>
        Levels.FirstOrDefault(host => host.Level == level)
        ?? throw new UnknownLevelException(level, [.. Levels.Select(host => host.Level)]);

    /// <summary>The consolidator of a shared level, or those of all.</summary>
    /// <exception cref="UnknownLevelException">The model has no such shared level.</exception>
    public IReadOnlyList<ConsolidatorHost> LevelsOf(LevelId? level) => level is { } one ? [Level(one)] : Levels;

    /// <summary>What is held of a tenant.</summary>
    public ITenantHoldings HoldingsOf(MemoryAddress memory) => new Holdings(this, memory);

    /// <summary>Stops everything, whatever fails on the way, and then throws the first failure.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (ConsolidatorHost level in Levels)
        {
            level.StopWaiting();
        }

        Exception? failure = null;
        await TryAsync(Memories);
        foreach (ConsolidatorHost level in Levels)
        {
            await TryAsync(level);
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        async ValueTask TryAsync(IAsyncDisposable part)
        {
            try
            {
                await part.DisposeAsync();
            }
            catch (Exception error)
            {
                failure ??= error;
            }
        }
    }

    private sealed class Holdings(EmbeddedModel model, MemoryAddress memory) : ITenantHoldings
    {
        public ValueTask<HeldMemory> ReadMemoryAsync(CancellationToken cancellationToken) =>
            model.UseAsync(memory.Tenant, host => host.HoldAsync(cancellationToken), cancellationToken);

        public IAsyncEnumerable<ExportedFile> ReadLevelAsync(LevelId level, long through, CancellationToken cancellationToken) =>
            model.Level(level).ExportAsync(memory.Source, through, cancellationToken);
    }
}
