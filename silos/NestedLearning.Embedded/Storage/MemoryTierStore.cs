using System.Globalization;
using System.Runtime.CompilerServices;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>Keeps states in memory, for tests and for runs that need not outlive their process.</summary>
public sealed class MemoryTierStore : ITierStore, ITierStoreListing
{
    private readonly Lock _lock = new();
    private readonly Dictionary<StateKey, StoredState> _states = [];
    private long _saves;

    /// <inheritdoc/>
    public ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken) =>
        RunAsync(key, () => _states.GetValueOrDefault(key), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<string> SaveAsync(
        StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken) =>
        RunAsync(key, () => Save_NeedsLock(key, state, expectedETag), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken) =>
        await RunAsync(key, () => _states.Remove(key), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<StateKey> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        foreach (StateKey key in await RunAsync(() => Keys_NeedsLock(prefix), cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return key;
        }
    }

    private StateKey[] Keys_NeedsLock(string prefix) =>
        [.. _states.Keys
            .Where(key => key.Value.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(key => key.Value, StringComparer.Ordinal)];

    private string Save_NeedsLock(StateKey key, ReadOnlyMemory<byte> state, string? expectedETag)
    {
        string? current = _states.GetValueOrDefault(key)?.ETag;
        if (current != expectedETag)
        {
            throw StoreErrors.Conflict(key, expectedETag, current);
        }

        string etag = (++_saves).ToString(CultureInfo.InvariantCulture);
        _states[key] = new StoredState(state.ToArray(), etag);
        return etag;
    }

    private ValueTask<T> RunAsync<T>(StateKey key, Func<T> work, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key.Value, nameof(key));
        return RunAsync(work, cancellationToken);
    }

    private ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T>(cancellationToken);
        }

        try
        {
            lock (_lock)
            {
                return ValueTask.FromResult(work());
            }
        }
        catch (StoreException error)
        {
            return ValueTask.FromException<T>(error);
        }
    }
}
