using System.Text;
using NestedLearning.Models;

namespace NestedLearning.Cli.Commands;

/// <summary>Text files.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>A file in UTF-8, to be read line by line.</summary>
    /// <exception cref="DataException">It cannot be read.</exception>
    public static TextReader Open(FileInfo file)
    {
        try
        {
            return new StreamReader(file.FullName, Strict);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, error);
        }
    }

    /// <summary>All of a file in UTF-8.</summary>
    /// <exception cref="DataException">It cannot be read, or is no UTF-8.</exception>
    public static async Task<string> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            return Strict.GetString(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, error);
        }
        catch (DecoderFallbackException)
        {
            throw new DataException(file.ToString(), null, "no text in UTF-8");
        }
    }

    private static DataException Unreadable(FileInfo file, Exception error) => new(
        file.ToString(), null, error is FileNotFoundException or DirectoryNotFoundException ? "no such file" : $"cannot be read: {error.Message}");
}
