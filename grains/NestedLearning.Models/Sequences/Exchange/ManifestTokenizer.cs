using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Tokenizers in manifests: what they save is texts, each under a name of their own.</summary>
internal static class ManifestTokenizer
{
    private const string Prefix = "tokenizer/";

    public static SequenceModelTokenizer Of(ITokenizer tokenizer) => new(
        tokenizer.Name,
        tokenizer.Save().OfType<TextTensor>().Where(texts => texts.Name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(texts => texts.Name[Prefix.Length..], texts => texts.Texts));

    /// <exception cref="TensorMissingException">A part is missing.</exception>
    /// <exception cref="InvalidTokenizerException">It is of a kind that is not known, or its parts do not fit.</exception>
    public static ITokenizer Load(SequenceModelTokenizer tokenizer)
    {
        if (tokenizer.Kind is null || tokenizer.Texts.Values.Any(texts => texts is null || texts.Contains(null)))
        {
            throw new InvalidTokenizerException("null", "a kind, and texts");
        }

        TensorSet saved = [new TextTensor(Prefix.TrimEnd('/'), [tokenizer.Kind])];
        foreach ((string name, IReadOnlyList<string> texts) in tokenizer.Texts)
        {
            saved.Add(new TextTensor(Prefix + name, texts));
        }

        return SavedTokenizer.Load(saved);
    }
}
