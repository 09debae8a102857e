using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Silos;

/// <summary>A store in memory that counts its calls, and lets a test wait for a save.</summary>
internal sealed class WatchedTierStore : ITierStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<StateKey, Entry> _entries = [];

    /// <summary>How often a state was loaded when there was one.</summary>
    public int LoadsOf(StateKey key)
    {
        lock (_lock)
        {
            return Of(key).Loads;
        }
    }

    /// <summary>How often a state was saved.</summary>
    public int SavesOf(StateKey key)
    {
        lock (_lock)
        {
            return Of(key).Saves;
        }
    }

    /// <summary>Ends with the next save of a state.</summary>
    public Task NextSaveOf(StateKey key)
    {
        lock (_lock)
        {
            return Of(key).NextSave.Task;
        }
    }

    public ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Entry entry = Of(key);
            entry.Loads += entry.State is null ? 0 : 1;
            return ValueTask.FromResult(entry.State);
        }
    }

    public ValueTask<string> SaveAsync(
        StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Entry entry = Of(key);
            if (entry.State?.ETag != expectedETag)
            {
                throw new StoreException(StoreProblem.Conflict, key.Value, $"expected {expectedETag}, is {entry.State?.ETag}");
            }

            entry.Saves++;
            entry.State = new StoredState(state.ToArray(), $"{entry.Saves}");
            entry.NextSave.SetResult();
            entry.NextSave = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return ValueTask.FromResult(entry.State.ETag);
        }
    }

    public ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Of(key).State = null;
            return ValueTask.CompletedTask;
        }
    }

    private Entry Of(StateKey key)
    {
        if (!_entries.TryGetValue(key, out Entry? entry))
        {
            entry = _entries[key] = new Entry();
        }

        return entry;
    }

    private sealed class Entry
    {
        public StoredState? State { get; set; }

        public int Loads { get; set; }

        public int Saves { get; set; }

        public TaskCompletionSource NextSave { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
