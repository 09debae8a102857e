using System.Formats.Tar;
using System.Runtime.CompilerServices;

namespace NestedLearning.Tiers;

/// <summary>Exported files as one archive in the format of tar (POSIX.1-1988 ustar), file by file.</summary>
public static class ExportArchive
{
    /// <summary>What a content type calls it.</summary>
    public const string MediaType = "application/x-tar";

    /// <summary>Writes an archive while its files come. One whose writing failed has no end and no manifest.</summary>
    /// <param name="archive">Where to; it need not seek, and stays open.</param>
    /// <param name="files">The files.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task WriteAsync(Stream archive, IAsyncEnumerable<ExportedFile> files, CancellationToken cancellationToken)
    {
        TarWriter tar = new(archive, TarEntryFormat.Ustar, leaveOpen: true);
        await foreach (ExportedFile file in files.WithCancellation(cancellationToken))
        {
            using MemoryStream content = new(file.Content.ToArray(), writable: false);
            UstarTarEntry entry = new(TarEntryType.RegularFile, file.Name)
            {
                DataStream = content,
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                ModificationTime = DateTimeOffset.UnixEpoch, // The same export is the same bytes.
            };
            await tar.WriteEntryAsync(entry, cancellationToken);
            await archive.FlushAsync(cancellationToken);
        }

        await tar.DisposeAsync(); // Writes the end, so it is not for an archive that failed.
    }

    /// <summary>Reads an archive, one file in memory at a time.</summary>
    /// <param name="archive">Where from; it need not seek, and stays open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">It ends too early, or is no such archive.</exception>
    public static async IAsyncEnumerable<ExportedFile> ReadAsync(Stream archive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using TarReader tar = new(archive, leaveOpen: true);
        while (await NextAsync(tar, cancellationToken) is { } file)
        {
            yield return file;
        }
    }

    private static async ValueTask<ExportedFile?> NextAsync(TarReader tar, CancellationToken cancellationToken)
    {
        try
        {
            if (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is not { } entry)
            {
                return null;
            }

            using MemoryStream content = new((int)Math.Min(entry.Length, Array.MaxLength));
            await (entry.DataStream?.CopyToAsync(content, cancellationToken) ?? Task.CompletedTask);
            return new ExportedFile(entry.Name, content.GetBuffer().AsMemory(0, (int)content.Length));
        }
        catch (Exception error) when (error is InvalidDataException or FormatException)
        {
            throw new IOException($"It is no archive of exported files: {error.Message}", error);
        }
    }
}
