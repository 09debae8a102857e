using System.Runtime.CompilerServices;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>
/// Keeps one file per key below a folder, with one writer. A save is atomic and durable when it returns: after a crash
/// or a power failure at any moment the old or the new state is there, whole. Calls for different keys run in parallel,
/// calls for one key take turns. Each file carries checksums, so that damage is found and never passed off as a state.
/// </summary>
/// <remarks>
/// A call can be cancelled until its work on the disk begins; from then on it runs to its end. After a save failed with
/// <see cref="StoreProblem.Unavailable"/>, load the state again before the next save: when the disk fails after the
/// rename, the new state is in place.
/// </remarks>
public sealed class LocalTierStore : ITierStore, ITierStoreListing, IDisposable
{
    private readonly string _root;
    private readonly StoreLock _lock;
    private readonly StateFileNames _names;
    private readonly DurableFolders _folders;
    private readonly StateFileWriter _writer;
    private readonly KeyGates _gates = new();

    private LocalTierStore(string root, StoreLock held, StateFileNames names, Action<StoreFaultPoint> passFault)
    {
        _root = root;
        _lock = held;
        _names = names;
        _folders = new DurableFolders(root);
        _writer = new StateFileWriter(_folders, passFault);
    }

    /// <summary>
    /// Opens the store in a folder, and makes the folder when only that is missing. What an interrupted save left
    /// behind is removed.
    /// </summary>
    /// <exception cref="StoreException">
    /// <see cref="StoreProblem.Locked"/>: another store is open there. <see cref="StoreProblem.Unavailable"/>: the folder
    /// cannot be made or used.
    /// </exception>
    public static LocalTierStore Open(string directory) => Open(directory, static _ => { });

    /// <summary>Opens a store that tells <paramref name="passFault"/> of every fault point it passes.</summary>
    internal static LocalTierStore Open(string directory, Action<StoreFaultPoint> passFault)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        return Guard(root, "the store cannot be opened", () =>
        {
            DurableFolders.CreateRoot(root);
            StoreLock held = StoreLock.Acquire(root);
            StateFileNames names = new(root);
            try
            {
                Array.ForEach(names.LeftOvers(), File.Delete);
                return new LocalTierStore(root, held, names, passFault);
            }
            catch
            {
                held.Dispose();
                throw;
            }
        });
    }

    /// <inheritdoc/>
    public async ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken)
    {
        string path = _names.PathOf(key);
        return await RunAsync(key, () => Guard(path, "the state cannot be loaded", () => Load(path)), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>The bytes of <paramref name="state"/> must stay as they are until the save returns.</remarks>
    public async ValueTask<string> SaveAsync(
        StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken)
    {
        string path = _names.PathOf(key);
        return await RunAsync(
            key,
            () => Guard(path, "the state cannot be saved", () => Save(key, path, state.Span, expectedETag)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken)
    {
        string path = _names.PathOf(key);
        await RunAsync(key, () => Guard(path, "the state cannot be deleted", () => Delete(path)), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StateKey> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        foreach (StateKey key in await KeysAsync(prefix, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return key;
        }
    }

    /// <summary>Lets go of the folder as soon as the calls that run have ended; later calls fail.</summary>
    public void Dispose() => _lock.Dispose();

    private async Task<StateKey[]> KeysAsync(string prefix, CancellationToken cancellationToken)
    {
        using StoreLock.Lease lease = _lock.Borrow();
        return await Task.Run(() => Guard(_root, "the states cannot be listed", () => List(prefix)), cancellationToken);
    }

    private StateKey[] List(string prefix)
    {
        _folders.RequireRoot();
        return _names.KeysBelow(prefix);
    }

    private StoredState? Load(string path)
    {
        StoredState? state = StateFileReader.Read(path);
        if (state is null)
        {
            _folders.RequireRoot();
        }

        return state;
    }

    private string Save(StateKey key, string path, ReadOnlySpan<byte> state, string? expectedETag)
    {
        StateHeader? current = StateFileReader.ReadHeader(path);
        if (current?.ETag != expectedETag)
        {
            throw StoreErrors.Conflict(key, expectedETag, current?.ETag);
        }

        StateHeader next = StateHeader.Next(current, state);
        _writer.Replace(path, next, state);
        return next.ETag;
    }

    private bool Delete(string path)
    {
        _folders.RequireRoot();
        _writer.Delete(path);
        return true;
    }

    private async Task<T> RunAsync<T>(StateKey key, Func<T> work, CancellationToken cancellationToken)
    {
        using StoreLock.Lease lease = _lock.Borrow();
        using KeyGates.Pass pass = await _gates.EnterAsync(key, cancellationToken);
        return await Task.Run(work, cancellationToken);
    }

    private static T Guard<T>(string place, string what, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (StoreErrors.IsFileError(error))
        {
            throw StoreErrors.From(error, place, what);
        }
    }
}
