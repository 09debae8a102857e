using Microsoft.Win32.SafeHandles;

namespace NestedLearning.Embedded;

/// <summary>
/// Replaces state files so that at any moment, also after a power failure, the old or the new state is there, whole:
/// write a temporary file, flush it, rename it over the old one, flush the folder.
/// </summary>
internal sealed class StateFileWriter(DurableFolders folders, Action<StoreFaultPoint> passFault)
{
    /// <summary>Makes <paramref name="payload"/> the state in a file. It is durable when this returns.</summary>
    public void Replace(string path, StateHeader header, ReadOnlySpan<byte> payload)
    {
        string folder = Path.GetDirectoryName(path)!;
        string temporary = path + StateFileNames.TemporaryExtension;
        folders.Ensure(folder);
        try
        {
            WriteTemporary(temporary, header, payload);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (StoreErrors.IsFileError(error))
        {
            Discard(temporary);
            throw;
        }

        ConfirmRename(folder);
        passFault(StoreFaultPoint.AfterFolderFlushed);
    }

    /// <summary>Removes a state file, if it is there, durably.</summary>
    public void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            return; // Nothing was ever saved below that folder.
        }

        passFault(StoreFaultPoint.AfterDelete);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
    }

    private void WriteTemporary(string temporary, StateHeader header, ReadOnlySpan<byte> payload)
    {
        using SafeFileHandle file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write, FileShare.None);
        passFault(StoreFaultPoint.AfterTempCreated);

        Span<byte> head = stackalloc byte[StateHeader.SizeBytes];
        header.WriteTo(head);
        RandomAccess.Write(file, head, 0);
        passFault(StoreFaultPoint.AfterHeaderWritten);

        RandomAccess.Write(file, payload, StateHeader.SizeBytes);
        passFault(StoreFaultPoint.AfterPayloadWritten);

        RandomAccess.FlushToDisk(file);
        passFault(StoreFaultPoint.AfterFileFlushed);
    }

    // From the rename on, the old state is no longer what a reader sees, so a full disk must not be reported as harmless.
    private void ConfirmRename(string folder)
    {
        try
        {
            passFault(StoreFaultPoint.AfterRename);
            DirectorySync.Flush(folder);
        }
        catch (Exception error) when (StoreErrors.IsFileError(error))
        {
            throw new IOException(
                $"the new state is in place, but may not survive a power failure ({error.Message}); load it again.", error);
        }
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (StoreErrors.IsFileError(error))
        {
            // The caller is about to hear why the disk fails. What stays behind is never read, and goes at the next open.
        }
    }
}
