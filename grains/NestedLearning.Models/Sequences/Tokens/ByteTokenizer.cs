using System.Text;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Every byte of UTF-8 is a token, so that any text has tokens, and the vocabulary is 256.</summary>
public sealed class ByteTokenizer : ITokenizer
{
    internal const string Kind = "bytes";

    private static readonly byte[] All = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    /// <inheritdoc/>
    public string Name => Kind;

    /// <inheritdoc/>
    public int Vocabulary => All.Length;

    /// <inheritdoc/>
    public int[] Encode(string text) => Array.ConvertAll(Encoding.UTF8.GetBytes(text), value => (int)value);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> BytesOf(int token)
    {
        TokenRange.Require(token, Vocabulary);
        return All.AsSpan(token, 1);
    }

    /// <inheritdoc/>
    public TensorSet Save() => SavedTokenizer.Begin(this);
}
