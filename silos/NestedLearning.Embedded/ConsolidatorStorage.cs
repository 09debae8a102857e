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
        if (await _state.LoadAsync(cancellationToken) is not { } state)
        {
            return;
        }

        _baseNumber = Consolidator.ReadBaseNumber(state);
        if (_baseNumber == 0)
        {
            consolidator.Load(state, null);
        }
        else
        {
            consolidator.Load(state, await LoadBaseAsync(cancellationToken));
        }
    }

    public async ValueTask SaveAsync(ConsolidatorState saved, CancellationToken cancellationToken)
    {
        if (saved.NewBase is not null)
        {
            StateKey key = StateKey.ConsolidatorBase(model, level, saved.BaseNumber);
            await store.DeleteAsync(key, cancellationToken);
            await store.SaveAsync(key, saved.NewBase, null, cancellationToken);
        }

        await _state.SaveAsync(saved.State, cancellationToken);
        if (saved.NewBase is not null)
        {
            await store.DeleteAsync(StateKey.ConsolidatorBase(model, level, _baseNumber), cancellationToken);
            _baseNumber = saved.BaseNumber;
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> LoadBaseAsync(CancellationToken cancellationToken)
    {
        StateKey key = StateKey.ConsolidatorBase(model, level, _baseNumber);
        return (await store.LoadAsync(key, cancellationToken))?.Bytes
            ?? throw new StoreException(StoreProblem.Damaged, key.Value, "the base that the level's state refers to is missing; restore it from a backup");
    }
}
