using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NestedLearning.Embedded;

/// <summary>
/// Makes the names in a folder durable: without it a power failure may undo a create or a rename. .NET opens no
/// folders, so this asks the C library. On Windows it does nothing: NTFS journals names itself, in order.
/// </summary>
internal static class DirectorySync
{
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;

    /// <summary>Flushes a folder's entries to the disk.</summary>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    /// <exception cref="IOException">The folder is not there, or the disk fails.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using SafeFileHandle handle = new(Open(folder, ReadOnlyCloseOnExec()), ownsHandle: true);
        if (handle.IsInvalid)
        {
            int error = Marshal.GetLastPInvokeError();
            string message = $"The folder '{folder}' cannot be flushed: {Marshal.GetPInvokeErrorMessage(error)}";
            throw error is AccessDenied or NotPermitted
                ? new UnauthorizedAccessException(message)
                : new IOException(message, error);
        }

        RandomAccess.FlushToDisk(handle);
    }

    // O_RDONLY is 0. O_DIRECTORY differs between processors and would only refuse files, which no caller passes.
    private static int ReadOnlyCloseOnExec() => OperatingSystem.IsLinux() ? 0x80000 : 0x1000000;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern nint Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
