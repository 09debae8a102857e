using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>A tokenizer in the JSON of a manifest or of a model's settings.</summary>
/// <param name="kind">'bytes', 'characters' or 'byte-pairs'.</param>
/// <param name="texts">What it is made of, by name; for example all of its characters in one text. Bytes are made of nothing.</param>
public sealed class SequenceModelTokenizer(string kind, IReadOnlyDictionary<string, IReadOnlyList<string>>? texts = null) : IEquatable<SequenceModelTokenizer>
{
    private ITokenizer? _made;

    /// <summary>What kind it is.</summary>
    public string Kind { get; } = kind;

    /// <summary>What it is made of, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Texts { get; } = texts ?? new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Every byte of UTF-8 is a token.</summary>
    public static SequenceModelTokenizer Bytes { get; } = new(ByteTokenizer.Kind);

    /// <summary>The tokenizer itself; whoever asks gets the same one.</summary>
    /// <exception cref="TensorMissingException">A part is missing.</exception>
    /// <exception cref="InvalidTokenizerException">It is of a kind that is not known, or its parts do not fit.</exception>
    public ITokenizer Make() => _made ??= ManifestTokenizer.Load(this);

    /// <summary>Whether both make the same tokens.</summary>
    public bool Equals(SequenceModelTokenizer? other) => other is not null && Kind == other.Kind && Texts.Count == other.Texts.Count
        && Texts.All(part => other.Texts.TryGetValue(part.Key, out IReadOnlyList<string>? same) && part.Value.SequenceEqual(same));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SequenceModelTokenizer);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Texts.Count);
}
