using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>
/// Takes away everything that is stored of a model. It is marked first: from then on nobody opens it, whatever is left of it. The mark
/// goes last, so a deletion that was cut short is known until it is finished.
/// </summary>
/// <param name="store">Where the model is.</param>
/// <param name="model">The model.</param>
public sealed class ModelErasure(ITierStore store, ModelId model)
{
    private const int Some = 1024;

    private readonly StateSlot _mark = new(store, StateKey.Deletion(model));

    /// <summary>Whether the model is being deleted.</summary>
    public async ValueTask<bool> IsMarkedAsync(CancellationToken cancellationToken) => await _mark.LoadAsync(cancellationToken) is not null;

    /// <summary>Whether there is something to delete: a model, what a deletion left of one, or what an import did.</summary>
    public async ValueTask<bool> IsThereAsync(CancellationToken cancellationToken) =>
        await IsMarkedAsync(cancellationToken)
        || await store.LoadAsync(StateKey.Spec(model), cancellationToken) is not null
        || await new PendingImports(store, model).AreThereAsync(cancellationToken);

    /// <summary>Marks the model; nothing happens when it is marked already.</summary>
    /// <returns>Whether there is something to delete.</returns>
    public async ValueTask<bool> MarkAsync(CancellationToken cancellationToken)
    {
        if (!await IsThereAsync(cancellationToken))
        {
            return false;
        }

        if (!await IsMarkedAsync(cancellationToken))
        {
            await _mark.SaveAsync("deleting"u8.ToArray(), cancellationToken);
        }

        return true;
    }

    /// <summary>Takes away everything that a store lists of the model, but for the mark. Nothing may write to it any more.</summary>
    /// <returns>Whether there was something.</returns>
    public async ValueTask<bool> EraseAsync(ITierStoreListing listing, CancellationToken cancellationToken)
    {
        StateKey mark = StateKey.Deletion(model);
        bool isThere = false;
        await foreach (StateKey[] some in listing.ListAsync(StateKey.PrefixOf(model), cancellationToken).Where(key => key != mark).Chunk(Some))
        {
            await StoredStates.DeleteAsync(store, some, cancellationToken);
            isThere = true;
        }

        return isThere;
    }

    /// <summary>Takes the mark away, once nothing else is left.</summary>
    public ValueTask UnmarkAsync(CancellationToken cancellationToken) => _mark.DeleteAsync(cancellationToken);
}
