using System.Text;
using NestedLearning.Models;

namespace NestedLearning.Cli.Commands;

/// <summary>Text files.</summary>
internal static class TextFile
{
    /// <summary>All of a file in UTF-8.</summary>
    /// <exception cref="DataException">It cannot be read, or is no UTF-8.</exception>
    public static async Task<string> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException(file.ToString(), null, "no such file");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(file.ToString(), null, $"cannot be read: {error.Message}");
        }
        catch (DecoderFallbackException)
        {
            throw new DataException(file.ToString(), null, "no text in UTF-8");
        }
    }
}
