using System.Text.Json;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>One state in a store, with the tag of what this process loaded or saved last.</summary>
/// <remarks>
/// A save that failed may have taken place all the same, so the next one looks first: it goes on from what the store
/// holds if that is what was to be saved, and leaves it to the store to refuse anything else as a conflict.
/// </remarks>
internal sealed class StateSlot(ITierStore store, StateKey key)
{
    private string? _tag;
    private ReadOnlyMemory<byte>? _uncertain;

    public async ValueTask<ReadOnlyMemory<byte>?> LoadAsync(CancellationToken cancellationToken)
    {
        StoredState? stored = await store.LoadAsync(key, cancellationToken);
        _tag = stored?.ETag;
        return stored?.Bytes;
    }

    /// <summary>Hands what is stored to its owner, if there is something.</summary>
    /// <exception cref="StoreException">It cannot be loaded, or it is no state of this owner.</exception>
    public async ValueTask<bool> LoadAsync(Action<ReadOnlyMemory<byte>> takeUp, CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } state)
        {
            return false;
        }

        TakeUp(() => takeUp(state));
        return true;
    }

    /// <summary>Lets an owner take up what was loaded from here.</summary>
    /// <exception cref="StoreException">It is no state of this owner.</exception>
    public void TakeUp(Action takeUp)
    {
        try
        {
            takeUp();
        }
        catch (Exception error) when (error is NestedLearningException or ArgumentException or JsonException)
        {
            throw new StoreException(StoreProblem.Damaged, key.Value, $"the state is damaged ({error.Message}); restore it from a backup", error);
        }
    }

    public async ValueTask DeleteAsync(CancellationToken cancellationToken)
    {
        await store.DeleteAsync(key, cancellationToken);
        _tag = null;
        _uncertain = null;
    }

    /// <summary>Makes sure that the store holds what this process loaded or saved last.</summary>
    /// <exception cref="StoreException">Somebody else has saved it since, or the store cannot be reached.</exception>
    public async ValueTask CheckOwnedAsync(CancellationToken cancellationToken)
    {
        StoredState? stored = await store.LoadAsync(key, cancellationToken);
        if (stored?.ETag != _tag && !IsAttempt(stored))
        {
            throw new StoreException(
                StoreProblem.Conflict, key.Value, "somebody else saved this state since it was loaded; its owner has to load it again");
        }
    }

    public async ValueTask SaveAsync(ReadOnlyMemory<byte> state, CancellationToken cancellationToken)
    {
        if (_uncertain is not null)
        {
            StoredState? stored = await store.LoadAsync(key, cancellationToken);
            _tag = IsAttempt(stored) ? stored!.ETag : _tag;
        }

        _uncertain = state;
        _tag = await store.SaveAsync(key, state, _tag, cancellationToken);
        _uncertain = null;
    }

    private bool IsAttempt(StoredState? stored) =>
        _uncertain is { } attempted && stored is not null && stored.Bytes.Span.SequenceEqual(attempted.Span);
}
