using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <summary>How a save goes wrong.</summary>
public enum SaveFault
{
    /// <summary>No space is left; nothing was saved.</summary>
    Full,

    /// <summary>The store is gone before anything was saved.</summary>
    UnavailableBefore,

    /// <summary>The store is gone after everything was saved: whether it was, the caller cannot know.</summary>
    UnavailableAfter,
}

/// <summary>A store whose saves a test lets fail.</summary>
public sealed class FaultyTierStore(ITierStore inner) : ITierStore
{
    private int _savesUntilFault = int.MaxValue;
    private SaveFault _fault;

    /// <summary>The saves that were asked for.</summary>
    public int Saves { get; private set; }

    /// <summary>Whether the fault has come.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Lets one save fail, after this many that don't.</summary>
    public void FailAfter(int saves, SaveFault fault)
    {
        _savesUntilFault = saves;
        _fault = fault;
        HasFailed = false;
    }

    public ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken) =>
        inner.LoadAsync(key, cancellationToken);

    public async ValueTask<string> SaveAsync(
        StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken)
    {
        Saves++;
        if (_savesUntilFault-- > 0)
        {
            return await inner.SaveAsync(key, state, expectedETag, cancellationToken);
        }

        _savesUntilFault = int.MaxValue;
        HasFailed = true;
        if (_fault == SaveFault.UnavailableAfter)
        {
            await inner.SaveAsync(key, state, expectedETag, cancellationToken);
        }

        throw new StoreException(
            _fault == SaveFault.Full ? StoreProblem.Full : StoreProblem.Unavailable, key.Value, "the test lets this save fail");
    }

    public ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);
}
