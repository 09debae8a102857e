using System.Runtime.CompilerServices;
using System.Text;
using NestedLearning.Models;

namespace NestedLearning.Cli.Data;

/// <summary>
/// A text as events without labels, each a piece of about so many characters, of whole lines where these are shorter; or each line, as it
/// comes.
/// </summary>
internal sealed class TextPieces(TextReader text, string name, int length, bool eachLine) : IExampleSource
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool HasSplit => false;

    /// <inheritdoc/>
    public async IAsyncEnumerable<NumberedExample> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StringBuilder piece = new();
        for (long line = 1; await ReadLineAsync(line, cancellationToken) is { } read; line++)
        {
            foreach (string part in Cut(read + "\n"))
            {
                if (piece.Length + part.Length > length && Take(piece) is { } whole)
                {
                    yield return Example(line, whole);
                }

                piece.Append(part);
            }

            if (eachLine && Take(piece) is { } one)
            {
                yield return Example(line, one);
            }
        }

        if (Take(piece) is { } rest)
        {
            yield return Example(0, rest);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => text.Dispose();

    private async ValueTask<string?> ReadLineAsync(long line, CancellationToken cancellationToken)
    {
        try
        {
            return await text.ReadLineAsync(cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            throw new DataException(name, line, "no text in UTF-8");
        }
    }

    /// <summary>What has come so far, if a model can learn from it; nothing is left then.</summary>
    private static string? Take(StringBuilder piece)
    {
        string text = piece.ToString();
        if (text.Trim().Length < 2)
        {
            return null;
        }

        piece.Clear();
        return text;
    }

    private static NumberedExample Example(long line, string piece) => new(line, new Example(new TextInput(piece), "", FieldNames.DefaultTask, IsTest: false));

    /// <summary>A line in parts of whole characters, none of them longer than a piece.</summary>
    private IEnumerable<string> Cut(string line)
    {
        for (int first = 0; first < line.Length;)
        {
            int count = Math.Min(length, line.Length - first);
            count -= count > 1 && char.IsHighSurrogate(line[first + count - 1]) ? 1 : 0;
            yield return line.Substring(first, count);
            first += count;
        }
    }
}
