using System.Text;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Every character (Unicode scalar) of a training text is a token, in the order of their code points. Other characters have none.
/// </summary>
public sealed class CharacterTokenizer : ITokenizer
{
    internal const string Kind = "characters";
    private const string Characters = "tokenizer/characters";

    private readonly Rune[] _characters;
    private readonly byte[][] _bytes;
    private readonly Dictionary<Rune, int> _tokens;

    /// <summary>A tokenizer for texts of the characters of <paramref name="trainingText"/>.</summary>
    /// <exception cref="InvalidTokenizerException">There are fewer than 2 different ones, too few for a model.</exception>
    public CharacterTokenizer(string trainingText)
    {
        _characters = [.. trainingText.EnumerateRunes().Distinct().Order()];
        if (_characters.Length < 2)
        {
            throw new InvalidTokenizerException($"{_characters.Length} different characters in the training text", "2 or more");
        }

        _bytes = Array.ConvertAll(_characters, character => Encoding.UTF8.GetBytes(character.ToString()));
        _tokens = _characters.Select((character, token) => (character, token)).ToDictionary();
    }

    /// <inheritdoc/>
    public string Name => Kind;

    /// <inheritdoc/>
    public int Vocabulary => _characters.Length;

    /// <inheritdoc/>
    public int[] Encode(string text)
    {
        List<int> tokens = new(text.Length);
        int position = 0;
        foreach (Rune character in text.EnumerateRunes())
        {
            tokens.Add(_tokens.TryGetValue(character, out int token) ? token : throw new UnknownCharacterException(character, position, Vocabulary));
            position += character.Utf16SequenceLength;
        }

        return [.. tokens];
    }

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
        saved.Add(new TextTensor(Characters, [string.Concat(_characters)]));
        return saved;
    }

    internal static CharacterTokenizer Load(TensorSet saved) => new(string.Concat(saved.Get<TextTensor>(Characters).Texts));
}
