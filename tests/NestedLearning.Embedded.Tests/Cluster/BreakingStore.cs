using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Cluster;

/// <summary>A store that is gone after some writes, as for a process that ends.</summary>
internal sealed class BreakingStore(MemoryTierStore inner) : ITierStore, ITierStoreListing
{
    private int _writesLeft;

    public int WritesLeft
    {
        get => _writesLeft;
        set => _writesLeft = value;
    }

    public ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken) => inner.LoadAsync(key, cancellationToken);

    public IAsyncEnumerable<StateKey> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public ValueTask<string> SaveAsync(StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken)
    {
        Write(key);
        return inner.SaveAsync(key, state, expectedETag, cancellationToken);
    }

    public ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken)
    {
        Write(key);
        return inner.DeleteAsync(key, cancellationToken);
    }

    private void Write(StateKey key)
    {
        if (Interlocked.Decrement(ref _writesLeft) < 0)
        {
            throw new StoreException(StoreProblem.Unavailable, key.Value, "the test ends here");
        }
    }
}
