using Microsoft.Win32.SafeHandles;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>
/// Holds a folder for one store, against other processes and against this one, until the store is disposed and its
/// last call has ended. The system lets go of it when the process dies, so a crash leaves nothing to clean up. The file
/// itself stays: to remove it would let a second store lock a new file of the same name.
/// </summary>
/// <remarks>
/// On Unix this is <c>flock</c>. Some network file systems do not support it, and <c>System.IO.DisableFileLocking</c>
/// switches it off; then nothing keeps a second store out.
/// </remarks>
internal sealed class StoreLock : IDisposable
{
    private const string FileName = "store.lock";

    private readonly SafeFileHandle _handle;
    private volatile bool _disposed;

    private StoreLock(SafeFileHandle handle) => _handle = handle;

    /// <summary>Takes the lock of a folder.</summary>
    /// <exception cref="StoreException">Somebody else has it.</exception>
    public static StoreLock Acquire(string folder)
    {
        try
        {
            return new StoreLock(File.OpenHandle(
                Path.Join(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (StoreErrors.IsInUse(error))
        {
            throw StoreErrors.Locked(folder, error);
        }
    }

    /// <summary>Keeps the lock for the time of one call.</summary>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public Lease Borrow()
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(LocalTierStore));
        bool added = false;
        _handle.DangerousAddRef(ref added);
        return new Lease(_handle);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _handle.Dispose();
    }

    /// <summary>One call's hold on the lock.</summary>
    public readonly struct Lease(SafeFileHandle handle) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => handle.DangerousRelease();
    }
}
