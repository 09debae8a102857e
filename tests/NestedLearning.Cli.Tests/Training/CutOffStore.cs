using NestedLearning.Embedded;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Tests.Training;

/// <summary>
/// A disk as a dying process leaves it: a number of writes succeed, then nothing does any more, and what was written
/// stays for the next process.
/// </summary>
internal sealed class CutOffStore(ITierStore disk, int writes) : ITierStore
{
    private int _left = writes;

    /// <summary>Where everything stays when it is not cut off.</summary>
    public static ITierStore NewDisk() => new MemoryTierStore();

    public bool IsCutOff => Volatile.Read(ref _left) < 0;

    public ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken) =>
        IsCutOff ? throw Gone(key) : disk.LoadAsync(key, cancellationToken);

    public ValueTask<string> SaveAsync(
        StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken)
    {
        Write(key);
        return disk.SaveAsync(key, state, expectedETag, cancellationToken);
    }

    public ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken)
    {
        Write(key);
        return disk.DeleteAsync(key, cancellationToken);
    }

    private void Write(StateKey key)
    {
        if (Interlocked.Decrement(ref _left) < 0)
        {
            throw Gone(key);
        }
    }

    private static StoreException Gone(StateKey key) => new(StoreProblem.Unavailable, key.Value, "the process is gone");
}
