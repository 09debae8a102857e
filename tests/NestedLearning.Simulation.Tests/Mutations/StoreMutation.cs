using NestedLearning.Tiers;

namespace NestedLearning.Simulation.Tests.Mutations;

/// <summary>A silo's store, broken in one way.</summary>
internal abstract class StoreMutation(ITierStore inner) : ITierStore
{
    public virtual ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken) =>
        inner.LoadAsync(key, cancellationToken);

    public virtual ValueTask<string> SaveAsync(
        StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken) =>
        inner.SaveAsync(key, state, expectedETag, cancellationToken);

    public virtual ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);

    protected static bool IsMemory(StateKey key) => key.Value.Contains("/memories/", StringComparison.Ordinal);

    protected static bool IsBase(StateKey key) => key.Value.Contains("-base-", StringComparison.Ordinal);

    protected static bool IsQuarantine(StateKey key) => key.Value.Contains("/quarantine/", StringComparison.Ordinal);

    protected static bool IsLevel(StateKey key) => key.Value.Contains("/levels/", StringComparison.Ordinal) && !IsBase(key);
}
