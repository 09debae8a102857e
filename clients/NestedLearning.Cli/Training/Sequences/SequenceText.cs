using System.Security.Cryptography;
using System.Text;
using NestedLearning.Cli.Commands;
using NestedLearning.Models;

namespace NestedLearning.Cli.Training.Sequences;

/// <summary>A text as tokens: the first part is learned, the rest is not.</summary>
internal sealed record SequenceText(ITokenizer Tokenizer, ReadOnlyMemory<int> Learned, ReadOnlyMemory<int> Held, string Digest)
{
    /// <summary>Reads a text file.</summary>
    /// <exception cref="DataException">It cannot be read, is no UTF-8, or too short.</exception>
    /// <exception cref="UsageException">There are no such tokens.</exception>
    public static async Task<SequenceText> ReadAsync(FileInfo file, string tokens, double held, int length, CancellationToken cancellationToken)
    {
        string text = await ReadAsync(file, cancellationToken);
        if (text.Length < 2)
        {
            throw new DataException(file.ToString(), null, "too short; accepted are texts of at least two tokens in each part");
        }

        ITokenizer tokenizer = tokens switch
        {
            "char" => new CharacterTokenizer(text),
            "byte" => new ByteTokenizer(),
            _ => throw new UsageException($"--tokens is '{tokens}'; accepted: char, byte."),
        };
        int[] all = tokenizer.Encode(text);
        int cut = (int)(all.Length * (1 - held));
        if (cut <= length || all.Length - cut < 2)
        {
            throw new DataException(file.ToString(), null, $"too short, {cut} tokens are to be learned and {all.Length - cut} are held back; accepted are more than {length} and at least 2");
        }

        return new SequenceText(tokenizer, all.AsMemory(0, cut), all.AsMemory(cut), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    private static async Task<string> ReadAsync(FileInfo file, CancellationToken cancellationToken)
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
