using System.Runtime.ExceptionServices;
using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>One model: a consolidator for each shared level, and the memories that were asked for so far.</summary>
internal sealed class EmbeddedModel : IAsyncDisposable
{
    private readonly ModelId _model;
    private readonly TierHosting _hosting;
    private readonly Dictionary<TenantId, Task<MemoryHost>> _memories = [];
    private readonly Lock _lock = new();
    private bool _isClosed;

    private EmbeddedModel(
        ModelId model, ModelSettings settings, IReadOnlyList<ConsolidatorHost> levels, TierHosting hosting)
    {
        _model = model;
        Settings = settings;
        Levels = levels;
        _hosting = hosting;
    }

    public ModelSettings Settings { get; }

    public IReadOnlyList<ConsolidatorHost> Levels { get; }

    public static async ValueTask<EmbeddedModel> OpenAsync(
        ModelId model, ModelSettings settings, TierHosting hosting, CancellationToken cancellationToken)
    {
        List<ConsolidatorHost> levels = [];
        EmbeddedModel opened = new(model, settings, levels, hosting);
        try
        {
            foreach (LevelSpec level in settings.Spec.Levels.Where(level => level.Scope == LevelScope.Shared))
            {
                levels.Add(await ConsolidatorHost.OpenAsync(model, settings, level.Id, hosting, cancellationToken));
            }

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

    /// <summary>A memory, activated on first use. A failed activation is tried again by the next caller.</summary>
    /// <exception cref="ObjectDisposedException">The model is closed.</exception>
    public async ValueTask<MemoryHost> MemoryAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        Task<MemoryHost>? memory;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (!_memories.TryGetValue(tenant, out memory) || memory.IsFaulted)
            {
                // On a thread of its own: a memory's state can be large, and the lock is everybody's.
                memory = Task.Run(() => ActivateAsync(tenant), CancellationToken.None);
                _memories[tenant] = memory;
            }
        }

        return await memory.WaitAsync(cancellationToken);
    }

    /// <summary>Stops everything, whatever fails on the way, and then throws the first failure.</summary>
    public async ValueTask DisposeAsync()
    {
        Task<MemoryHost>[] memories;
        lock (_lock)
        {
            _isClosed = true;
            memories = [.. _memories.Values];
        }

        foreach (ConsolidatorHost level in Levels)
        {
            level.StopWaiting();
        }

        Exception? failure = null;
        foreach (Task<MemoryHost> memory in memories)
        {
            await TryAsync(() => CloseAsync(memory));
        }

        foreach (ConsolidatorHost level in Levels)
        {
            await TryAsync(level.DisposeAsync);
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        async ValueTask TryAsync(Func<ValueTask> work)
        {
            try
            {
                await work();
            }
            catch (Exception error)
            {
                failure ??= error;
            }
        }
    }

    /// <summary>Closes a memory; one whose activation failed has told its caller, and holds nothing.</summary>
    private static async ValueTask CloseAsync(Task<MemoryHost> memory)
    {
        await ((Task)memory).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (memory.IsCompletedSuccessfully)
        {
            await (await memory).DisposeAsync();
        }
    }

    private async Task<MemoryHost> ActivateAsync(TenantId tenant) =>
        await MemoryHost.OpenAsync(new MemoryAddress(_model, tenant), Settings, Levels, _hosting, CancellationToken.None);
}
