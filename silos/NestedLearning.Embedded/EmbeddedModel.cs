using System.Collections.Concurrent;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>One model: a consolidator for each shared level, and the memories that were asked for so far.</summary>
internal sealed class EmbeddedModel : IAsyncDisposable
{
    private readonly ModelId _model;
    private readonly ITierStore _store;
    private readonly EmbeddedOptions _options;
    private readonly ConcurrentDictionary<TenantId, Lazy<Task<MemoryHost>>> _memories = new();

    private EmbeddedModel(
        ModelId model, ModelSettings settings, IReadOnlyList<ConsolidatorHost> levels, ITierStore store, EmbeddedOptions options)
    {
        _model = model;
        Settings = settings;
        Levels = levels;
        _store = store;
        _options = options;
    }

    public ModelSettings Settings { get; }

    public IReadOnlyList<ConsolidatorHost> Levels { get; }

    public static async ValueTask<EmbeddedModel> OpenAsync(
        ModelId model, ModelSettings settings, ITierStore store, EmbeddedOptions options, CancellationToken cancellationToken)
    {
        List<ConsolidatorHost> levels = [];
        foreach (LevelSpec level in settings.Spec.Levels.Where(level => level.Scope == LevelScope.Shared))
        {
            levels.Add(await ConsolidatorHost.OpenAsync(model, settings, level.Id, store, options, cancellationToken));
        }

        return new EmbeddedModel(model, settings, levels, store, options);
    }

    /// <summary>The consolidator of a shared level.</summary>
    /// <exception cref="UnknownLevelException">The model has no such shared level.</exception>
    public ConsolidatorHost Level(LevelId level) =>
        Levels.FirstOrDefault(host => host.Level == level)
        ?? throw new UnknownLevelException(level, [.. Levels.Select(host => host.Level)]);

    /// <summary>A memory, activated on first use. A failed activation is tried again by the next caller.</summary>
    public async ValueTask<MemoryHost> MemoryAsync(TenantId tenant)
    {
        Lazy<Task<MemoryHost>> activation = _memories.GetOrAdd(tenant, _ => new(() => ActivateAsync(tenant)));
        try
        {
            return await activation.Value;
        }
        catch
        {
            _memories.TryRemove(KeyValuePair.Create(tenant, activation));
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Lazy<Task<MemoryHost>> activation in _memories.Values)
        {
            await (await activation.Value).DisposeAsync();
        }

        foreach (ConsolidatorHost level in Levels)
        {
            await level.DisposeAsync();
        }
    }

    private async Task<MemoryHost> ActivateAsync(TenantId tenant) =>
        await MemoryHost.OpenAsync(new MemoryAddress(_model, tenant), Settings, Levels, _store, _options, CancellationToken.None);
}
