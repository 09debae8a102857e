using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>One state in a store, with the tag of what this process loaded or saved last.</summary>
internal sealed class StateSlot(ITierStore store, StateKey key)
{
    private string? _tag;

    public async ValueTask<ReadOnlyMemory<byte>?> LoadAsync(CancellationToken cancellationToken)
    {
        StoredState? stored = await store.LoadAsync(key, cancellationToken);
        _tag = stored?.ETag;
        return stored?.Bytes;
    }

    public async ValueTask SaveAsync(ReadOnlyMemory<byte> state, CancellationToken cancellationToken) =>
        _tag = await store.SaveAsync(key, state, _tag, cancellationToken);
}
