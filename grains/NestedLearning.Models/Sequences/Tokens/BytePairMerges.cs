using System.Text.RegularExpressions;

namespace NestedLearning.Models;

/// <summary>Learns a byte-pair tokenizer from a text: the most frequent pair of neighbouring tokens becomes a token, again and again.</summary>
public sealed class BytePairMerges
{
    private readonly Dictionary<Pair, long> _counts = [];
    private readonly Dictionary<Pair, HashSet<Word>> _holders = [];

    private BytePairMerges(string text)
    {
        ByteTokenizer bytes = new();
        foreach (IGrouping<string, Match> same in BytePairTokenizer.Words().Matches(text).GroupBy(match => match.Value, StringComparer.Ordinal))
        {
            Count(new Word(same.Count(), [.. bytes.Encode(same.Key)]));
        }
    }

    /// <summary>Learns from a text. Of pairs that are as frequent, the one whose tokens are older goes first; so the same text gives the same tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="vocabulary">
    /// How many tokens are wanted, 256 to 1,048,576; there are fewer if no pair is there twice. Time grows with it and with the different words.
    /// </param>
    /// <exception cref="InvalidTokenizerException">The vocabulary is out of its range.</exception>
    public static BytePairTokenizer Learn(string text, int vocabulary)
    {
        if (vocabulary is < 256 or > 1 << 20)
        {
            throw new InvalidTokenizerException($"a vocabulary of {vocabulary}", "256 to 1048576");
        }

        BytePairMerges pairs = new(text);
        List<string> tokens = [.. ByteLetters.All];
        HashSet<string> known = new(tokens, StringComparer.Ordinal);
        List<string> merges = [];
        while (tokens.Count < vocabulary && pairs.MostFrequent() is { } best)
        {
            (string left, string right) = (tokens[best.Left], tokens[best.Right]);
            merges.Add($"{left} {right}");

            // Two pairs may be the same bytes; they are one token.
            int merged = known.Add(left + right) ? tokens.Count : tokens.IndexOf(left + right);
            if (merged == tokens.Count)
            {
                tokens.Add(left + right);
            }

            pairs.Merge(best, merged);
        }

        return new BytePairTokenizer(tokens, merges);
    }

    private Pair? MostFrequent()
    {
        (Pair? best, long most) = (null, 1);
        foreach ((Pair pair, long count) in _counts)
        {
            if (count > most || (count == most && best is { } other && pair.IsBefore(other)))
            {
                (best, most) = (pair, count);
            }
        }

        return best;
    }

    private void Merge(Pair pair, int merged)
    {
        foreach (Word word in _holders[pair].ToArray())
        {
            Forget(word);
            List<int> tokens = [];
            for (int i = 0; i < word.Tokens.Count; i++)
            {
                bool isPair = i + 1 < word.Tokens.Count && new Pair(word.Tokens[i], word.Tokens[i + 1]) == pair;
                tokens.Add(isPair ? merged : word.Tokens[i]);
                i += isPair ? 1 : 0;
            }

            Count(word with { Tokens = tokens });
        }
    }

    private void Count(Word word)
    {
        foreach (Pair pair in word.Pairs)
        {
            _counts[pair] = _counts.GetValueOrDefault(pair) + word.Times;
            (_holders.TryGetValue(pair, out HashSet<Word>? holders) ? holders : _holders[pair] = []).Add(word);
        }
    }

    private void Forget(Word word)
    {
        foreach (Pair pair in word.Pairs)
        {
            long left = _counts[pair] - word.Times;
            _holders[pair].Remove(word);
            _counts[pair] = left;
            if (left == 0)
            {
                _counts.Remove(pair);
                _holders.Remove(pair);
            }
        }
    }

    /// <summary>Two neighbouring tokens.</summary>
    private readonly record struct Pair(int Left, int Right)
    {
        public bool IsBefore(Pair other) => Left < other.Left || (Left == other.Left && Right < other.Right);
    }

    /// <summary>A word of the text, how often it is there, and its tokens so far.</summary>
    private sealed record Word(int Times, IReadOnlyList<int> Tokens)
    {
        public IEnumerable<Pair> Pairs => Tokens.Zip(Tokens.Skip(1), (left, right) => new Pair(left, right));
    }
}
