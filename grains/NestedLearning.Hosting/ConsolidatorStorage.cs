using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>
/// Keeps a consolidator's state: a base that is written rarely, and the state that refers to it, whose save is the one
/// that counts. Two bases take turns, so that a new one never replaces the one that the durable state refers to.
/// </summary>
internal sealed class ConsolidatorStorage(ITierStore store, ModelId model, LevelId level)
{
    private readonly StateSlot _state = new(store, StateKey.Consolidator(model, level));

    public async ValueTask LoadAsync(Consolidator consolidator, CancellationToken cancellationToken)
    {
        if (await _state.LoadAsync(cancellationToken) is { } state)
        {
            long baseNumber = Consolidator.ReadBaseNumber(state, model);
            consolidator.Load(state, baseNumber == 0 ? default : await LoadBaseAsync(baseNumber, cancellationToken));
        }
    }

    public async ValueTask SaveAsync(ConsolidatorState saved, CancellationToken cancellationToken)
    {
        if (saved.NewBase is not null)
        {
            StateKey key = StateKey.ConsolidatorBase(model, level, saved.BaseNumber);
            StoredState? replaced = await store.LoadAsync(key, cancellationToken);
            await store.SaveAsync(key, saved.NewBase, replaced?.ETag, cancellationToken);
        }

        await _state.SaveAsync(saved.State, cancellationToken);
    }

    private async ValueTask<ReadOnlyMemory<byte>> LoadBaseAsync(long number, CancellationToken cancellationToken)
    {
        StateKey key = StateKey.ConsolidatorBase(model, level, number);
        return (await store.LoadAsync(key, cancellationToken))?.Bytes
            ?? throw new StoreException(StoreProblem.Damaged, key.Value, "the base that the level's state refers to is missing; restore it from a backup");
    }
}
