using System.Text.Json;

namespace NestedLearning.Models;

/// <summary>Byte-pair tokenizers from the two files in which those of GPT-2 and of many models after it are published.</summary>
public static class BytePairFiles
{
    /// <summary>Reads both files.</summary>
    /// <param name="vocabulary">vocab.json: an object with the number of each token, from 0 on without gaps.</param>
    /// <param name="merges">merges.txt: a merge on each line, after a first line <c>#version</c>.</param>
    /// <exception cref="InvalidTokenizerException">They are not such files.</exception>
    public static BytePairTokenizer Read(Stream vocabulary, Stream merges)
    {
        string[] tokens = [.. Numbered(vocabulary).OrderBy(token => token.Number).Select((token, number) => token.Number == number
            ? token.Text
            : throw new InvalidTokenizerException($"the number {token.Number} for '{token.Text}'", "numbers from 0 on without gaps"))];
        using StreamReader reader = new(merges, leaveOpen: true);
        string[] lines = reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new BytePairTokenizer(tokens, [.. lines.SkipWhile(line => line.StartsWith("#version", StringComparison.Ordinal))]);
    }

    private static IEnumerable<(string Text, int Number)> Numbered(Stream vocabulary)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(vocabulary);
            return [.. document.RootElement.EnumerateObject().Select(token => (token.Name, token.Value.GetInt32()))];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidTokenizerException("a vocabulary that cannot be read", "a JSON object with the number of each token");
        }
    }
}
