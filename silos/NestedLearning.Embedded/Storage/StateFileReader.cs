using Microsoft.Win32.SafeHandles;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>Reads state files and finds damage. It changes nothing on the disk.</summary>
internal static class StateFileReader
{
    /// <summary>The header of a state file, or null when there is no file.</summary>
    /// <exception cref="StoreException">The file is damaged, or of a format that this program does not read.</exception>
    public static StateHeader? ReadHeader(string path)
    {
        using SafeFileHandle? file = OpenIfThere(path);
        return file is null ? null : ReadHeader(path, file);
    }

    /// <summary>The state in a file, or null when there is no file.</summary>
    /// <exception cref="StoreException">The file is damaged, or of a format that this program does not read.</exception>
    public static StoredState? Read(string path)
    {
        using SafeFileHandle? file = OpenIfThere(path);
        if (file is null)
        {
            return null;
        }

        StateHeader header = ReadHeader(path, file);
        byte[] payload = GC.AllocateUninitializedArray<byte>((int)header.PayloadLength);
        int read = Fill(file, payload, StateHeader.SizeBytes);
        return read == payload.Length && Crc32C.Compute(payload) == header.PayloadChecksum
            ? new StoredState(payload, header.ETag)
            : throw StoreErrors.Damaged(path, "the checksum of its content differs");
    }

    private static StateHeader ReadHeader(string path, SafeFileHandle file)
    {
        Span<byte> bytes = stackalloc byte[StateHeader.SizeBytes];
        int read = Fill(file, bytes, 0);
        if (!StateHeader.TryRead(bytes[..read], out StateHeader header, out string damage))
        {
            throw StoreErrors.Damaged(path, damage);
        }

        if (header.Version != StateHeader.CurrentVersion)
        {
            throw StoreErrors.UnknownFormat(path, header.Version);
        }

        long length = RandomAccess.GetLength(file) - StateHeader.SizeBytes;
        return length == header.PayloadLength && length <= Array.MaxLength
            ? header
            : throw StoreErrors.Damaged(path, $"it holds {length} bytes of content instead of {header.PayloadLength}");
    }

    // File.Exists answers "no" for a file that may not be read, which would pass a lost permission off as a fresh start.
    private static SafeFileHandle? OpenIfThere(string path)
    {
        try
        {
            return File.OpenHandle(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static int Fill(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            int read = RandomAccess.Read(file, buffer[filled..], offset + filled);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }
}
