namespace NestedLearning.Tiers;

/// <summary>
/// Where tiers keep their state: one blob per key, guarded by an ETag. A save is atomic and durable when it returns.
/// </summary>
public interface ITierStore
{
    /// <summary>The state under a key, or null when nothing was saved yet.</summary>
    /// <exception cref="StoreException">The state cannot be read or is damaged.</exception>
    ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the state under a key. <paramref name="expectedETag"/> is the tag of the state that the caller knows,
    /// or null when it expects none.
    /// </summary>
    /// <returns>The tag of the new state.</returns>
    /// <exception cref="StoreException">The tag does not match, or the state could not be made durable.</exception>
    ValueTask<string> SaveAsync(
        StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken);

    /// <summary>Removes the state under a key; nothing happens when there is none.</summary>
    ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken);
}
