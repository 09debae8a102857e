using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Cluster;

/// <summary>
/// The store as one silo reaches it. A silo that is killed within a process still gets to save what it holds; cut off from
/// the store before, it loses that, as it does with its machine.
/// </summary>
internal sealed class CutOffStore(ITierStore store) : ITierStore
{
    private volatile bool _isCutOff;

    public bool IsCutOff => _isCutOff;

    public void CutOff() => _isCutOff = true;

    public ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken)
    {
        Check(key);
        return store.LoadAsync(key, cancellationToken);
    }

    public ValueTask<string> SaveAsync(
        StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken)
    {
        Check(key);
        return store.SaveAsync(key, state, expectedETag, cancellationToken);
    }

    public ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken)
    {
        Check(key);
        return store.DeleteAsync(key, cancellationToken);
    }

    private void Check(StateKey key)
    {
        if (_isCutOff)
        {
            throw new StoreException(StoreProblem.Unavailable, key.Value, "the silo is cut off from the store");
        }
    }
}
