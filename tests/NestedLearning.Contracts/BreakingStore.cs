using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <summary>A store that is gone after some writes, as for a process that ends.</summary>
/// <param name="inner">Where they go; one that can be listed, where somebody lists.</param>
public sealed class BreakingStore(ITierStore inner) : ITierStore, ITierStoreListing
{
    private int _writesLeft;

    /// <summary>How many writes it still takes.</summary>
    public int WritesLeft
    {
        get => _writesLeft;
        set => _writesLeft = value;
    }

    /// <inheritdoc/>
    public ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken) => inner.LoadAsync(key, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StateKey> ListAsync(string prefix, CancellationToken cancellationToken) =>
        ((ITierStoreListing)inner).ListAsync(prefix, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<string> SaveAsync(StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken)
    {
        Write(key);
        return inner.SaveAsync(key, state, expectedETag, cancellationToken);
    }

    /// <inheritdoc/>
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
