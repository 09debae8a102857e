using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>
/// Keeps a consolidator's state: a base that is written rarely, and the state that refers to it, whose save is the one
/// that counts. A base that no state refers to is left-over of a crash and is removed.
/// </summary>
internal sealed class ConsolidatorStorage(ITierStore store, ModelId model, LevelId level)
{
    private readonly StateSlot _state = new(store, StateKey.Consolidator(model, level));
    private long _baseNumber;

    public async ValueTask LoadAsync(Consolidator consolidator, CancellationToken cancellationToken)
    {
        // A base without a state is left alone: the state may only be missing until it is restored.
        if (await _state.LoadAsync(cancellationToken) is { } state)
        {
            _baseNumber = Consolidator.ReadBaseNumber(state, model);
            consolidator.Load(state, _baseNumber == 0 ? default : await LoadBaseAsync(cancellationToken));
            await RemoveOtherBasesAsync(cancellationToken);
        }
    }

    public async ValueTask SaveAsync(ConsolidatorState saved, CancellationToken cancellationToken)
    {
        if (saved.NewBase is not null)
        {
            // A save that failed may have left this base in place, and the state that refers to it: it is replaced by
            // the same bytes, never removed.
            StateKey key = StateKey.ConsolidatorBase(model, level, saved.BaseNumber);
            StoredState? left = await store.LoadAsync(key, cancellationToken);
            await store.SaveAsync(key, saved.NewBase, left?.ETag, cancellationToken);
        }

        await _state.SaveAsync(saved.State, cancellationToken);
        _baseNumber = saved.BaseNumber;
        if (saved.NewBase is not null)
        {
            await RemoveOtherBasesAsync(cancellationToken);
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> LoadBaseAsync(CancellationToken cancellationToken)
    {
        StateKey key = StateKey.ConsolidatorBase(model, level, _baseNumber);
        return (await store.LoadAsync(key, cancellationToken))?.Bytes
            ?? throw new StoreException(StoreProblem.Damaged, key.Value, "the base that the level's state refers to is missing; restore it from a backup");
    }

    private async ValueTask RemoveOtherBasesAsync(CancellationToken cancellationToken)
    {
        StateKey current = StateKey.ConsolidatorBase(model, level, _baseNumber);
        List<StateKey> others = [];
        await foreach (StateKey key in store.ListAsync($"{StateKey.Consolidator(model, level)}-base-", cancellationToken))
        {
            if (key != current)
            {
                others.Add(key);
            }
        }

        foreach (StateKey key in others)
        {
            await store.DeleteAsync(key, cancellationToken);
        }
    }
}
