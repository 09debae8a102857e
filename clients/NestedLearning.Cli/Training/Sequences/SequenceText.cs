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
    /// <exception cref="UnknownCharacterException">The tokenizer has no token for a character.</exception>
    public static async Task<SequenceText> ReadAsync(FileInfo file, Func<string, ITokenizer> tokenize, double held, int length, CancellationToken cancellationToken)
    {
        string text = await TextFile.ReadAsync(file, cancellationToken);
        if (text.Length < 2)
        {
            throw new DataException(file.ToString(), null, "too short; accepted are texts of at least two tokens in each part");
        }

        ITokenizer tokenizer = tokenize(text);
        int[] all = tokenizer.Encode(text);
        int cut = (int)(all.Length * (1 - held));
        if (cut <= length || all.Length - cut < 2)
        {
            throw new DataException(file.ToString(), null, $"too short, {cut} tokens are to be learned and {all.Length - cut} are held back; accepted are more than {length} and at least 2");
        }

        return new SequenceText(tokenizer, all.AsMemory(0, cut), all.AsMemory(cut), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }
}
