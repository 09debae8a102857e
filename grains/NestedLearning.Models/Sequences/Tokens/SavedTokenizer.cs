using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Tokenizers as named tensors, so that a model's state can hold the one it was trained with.</summary>
public static class SavedTokenizer
{
    private const string Kind = "tokenizer";

    /// <summary>Takes up what <see cref="ITokenizer.Save"/> gave.</summary>
    /// <exception cref="TensorMissingException">A part is missing.</exception>
    /// <exception cref="InvalidTokenizerException">It is of a kind that is not known, or its parts do not fit.</exception>
    public static ITokenizer Load(TensorSet saved) => string.Concat(saved.Get<TextTensor>(Kind).Texts) switch
    {
        ByteTokenizer.Kind => new ByteTokenizer(),
        CharacterTokenizer.Kind => CharacterTokenizer.Load(saved),
        BytePairTokenizer.Kind => BytePairTokenizer.Load(saved),
        string kind => throw new InvalidTokenizerException($"the kind '{kind}'", $"{ByteTokenizer.Kind}, {CharacterTokenizer.Kind}, {BytePairTokenizer.Kind}"),
    };

    /// <summary>The set to which a tokenizer adds what it is made of.</summary>
    internal static TensorSet Begin(ITokenizer tokenizer) => [new TextTensor(Kind, [tokenizer.Name])];
}
