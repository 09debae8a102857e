using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Orleans.Concurrency;

namespace NestedLearning.Grains;

/// <summary>Names of a model's memories, as a grain. Those that come while it saves are saved together next.</summary>
[Reentrant]
[StoragePlacementFilter]
internal sealed class MemoryNamesGrain(SiloTiers tiers) : Grain, IMemoryNamesGrain
{
    private readonly HashSet<string> _coming = [];
    private Task<NameIndex>? _index;
    private Task _saving = Task.CompletedTask;
    private bool _isEnded;

    private MemoryNamesKey Key => MemoryNamesKey.Parse(this.GetPrimaryKeyString());

    public async ValueTask AddAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            NameIndex index = await (_index ??= OpenAsync());
            while (!index.Names.Contains(name))
            {
                ThrowIfEnded();
                _coming.Add(name);
                if (_saving.IsCompleted)
                {
                    _saving = SaveAsync(index);
                }

                await _saving;
            }
        }
        catch (StoreException error) when (error.Problem == StoreProblem.Conflict)
        {
            // Another activation saved it: the same call again loads what counts.
            DeactivateOnIdle();
            throw new StoppingException(this.GetPrimaryKeyString());
        }
        catch when (_index is { IsFaulted: true })
        {
            _index = null;
            throw;
        }
    }

    public async ValueTask<string[]> EndAsync(CancellationToken cancellationToken)
    {
        _isEnded = true;
        await _saving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        DeactivateOnIdle();
        return [.. (await LoadAsync()).Names];
    }

    private void ThrowIfEnded()
    {
        if (_isEnded)
        {
            throw new UnknownModelException(Key.Model);
        }
    }

    /// <summary>A part is named before it names anything.</summary>
    private async Task<NameIndex> OpenAsync()
    {
        MemoryNamesKey key = Key;
        _ = await tiers.ModelAsync(key.Model, key.Incarnation); // Nothing is named any more of a model that was deleted.
        NameIndex index = await LoadAsync();
        if (index.Names.Count == 0 && key.Part != MemoryNamesKey.Parts)
        {
            MemoryNamesKey parts = key with { Part = MemoryNamesKey.Parts };
            await GrainFactory.GetGrain<IMemoryNamesGrain>(parts.ToString()).AddAsync(key.Part, CancellationToken.None);
        }

        return index;
    }

    private async Task<NameIndex> LoadAsync()
    {
        NameIndex index = new(tiers.Hosting.Store, StateKey.MemoryNames(Key.Model, Key.Part), name => new TenantId(name).Value);
        await index.LoadAsync(CancellationToken.None);
        return index;
    }

    private async Task SaveAsync(NameIndex index)
    {
        string[] names = [.. _coming];
        _coming.Clear();
        await index.AddAsync(names, CancellationToken.None);
    }
}
