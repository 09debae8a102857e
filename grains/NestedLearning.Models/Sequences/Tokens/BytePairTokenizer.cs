using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Bytes of which the pairs that are frequent are merged to tokens, and pairs of these again (byte-pair encoding, as in GPT-2). Any text has
/// tokens, as every byte is one.
/// </summary>
public sealed partial class BytePairTokenizer : ITokenizer
{
    internal const string Kind = "byte-pairs";
    private const string Tokens = "tokenizer/tokens";
    private const string Merges = "tokenizer/merges";

    private readonly IReadOnlyList<string> _tokens;
    private readonly IReadOnlyList<string> _merges;
    private readonly byte[][] _bytes;
    private readonly BpeTokenizer _encoder;

    /// <summary>A tokenizer with these tokens.</summary>
    /// <param name="tokens">The tokens in their order, each byte of them as the letter that GPT-2's vocabulary has for it; all different.</param>
    /// <param name="merges">The merges, the first being done first: two tokens with a space between, of which both together are a token.</param>
    /// <exception cref="InvalidTokenizerException">A token is there twice or has another letter, a byte is none, or a merge makes no token.</exception>
    public BytePairTokenizer(IReadOnlyList<string> tokens, IReadOnlyList<string> merges)
    {
        Check(tokens, merges);
        _tokens = tokens;
        _merges = merges;
        _bytes = [.. tokens.Select(ByteLetters.BytesOf)];
        _encoder = BpeTokenizer.Create(new BpeOptions(tokens.Select((token, number) => KeyValuePair.Create(token, number)))
        {
            Merges = merges,
            ByteLevel = true,
            PreTokenizer = new RegexPreTokenizer(Words(), null),
        });
    }

    /// <inheritdoc/>
    public string Name => Kind;

    /// <inheritdoc/>
    public int Vocabulary => _tokens.Count;

    /// <inheritdoc/>
    public int[] Encode(string text) => [.. _encoder.EncodeToIds(text)];

    /// <inheritdoc/>
    public ReadOnlySpan<byte> BytesOf(int token)
    {
        TokenRange.Require(token, Vocabulary);
        return _bytes[token];
    }

    /// <inheritdoc/>
    public TensorSet Save()
    {
        TensorSet saved = SavedTokenizer.Begin(this);
        saved.Add(new TextTensor(Tokens, _tokens));
        saved.Add(new TextTensor(Merges, _merges));
        return saved;
    }

    internal static BytePairTokenizer Load(TensorSet saved) => new(saved.Get<TextTensor>(Tokens).Texts, saved.Get<TextTensor>(Merges).Texts);

    private static void Check(IReadOnlyList<string> tokens, IReadOnlyList<string> merges)
    {
        HashSet<string> known = new(tokens, StringComparer.Ordinal);
        Require(known.Count == tokens.Count, $"{tokens.Count} tokens of which {known.Count} are different", "all different");
        Require(ByteLetters.All.All(known.Contains), "a byte that is no token", "a token for each of 256 bytes");
        foreach (string token in tokens)
        {
            Require(token.Length > 0 && ByteLetters.Holds(token), $"the token '{token}'", "the letters of GPT-2's vocabulary for bytes");
        }

        foreach (string merge in merges)
        {
            string[] parts = merge.Split(' ');
            Require(parts.Length == 2 && parts.Append(string.Concat(parts)).All(known.Contains), $"the merge '{merge}'", "two tokens, a space between, which together are a token");
        }

        static void Require(bool holds, string value, string accepted)
        {
            if (!holds)
            {
                throw new InvalidTokenizerException(value, accepted);
            }
        }
    }

    /// <summary>What is cut into tokens by itself, as in GPT-2: the ends of English contractions, words, numbers, other signs, and spaces.</summary>
    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    internal static partial Regex Words();
}
