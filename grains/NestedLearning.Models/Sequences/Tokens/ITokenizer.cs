using System.Text;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Cuts texts into tokens. A token stands for some bytes of UTF-8, which need not be whole characters; those of all tokens one after the
/// other are the text.
/// </summary>
public interface ITokenizer
{
    /// <summary>What kind it is, as <see cref="SavedTokenizer"/> knows it.</summary>
    string Name { get; }

    /// <summary>How many different tokens there are; they are numbered from 0.</summary>
    int Vocabulary { get; }

    /// <summary>The tokens of a text.</summary>
    /// <exception cref="UnknownCharacterException">It has no token for a character.</exception>
    int[] Encode(string text);

    /// <summary>What a token stands for, in UTF-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    ReadOnlySpan<byte> BytesOf(int token);

    /// <summary>All that is needed to make the same one again, by <see cref="SavedTokenizer.Load"/>.</summary>
    TensorSet Save();

    /// <summary>The text of tokens. What is no UTF-8, such as a character that was cut, becomes U+FFFD.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    string Decode(params ReadOnlySpan<int> tokens)
    {
        TextDecoder decoder = new();
        StringBuilder text = new();
        foreach (int token in tokens)
        {
            text.Append(decoder.Decode(BytesOf(token)));
        }

        return text.Append(decoder.End()).ToString();
    }

    /// <summary>How many bytes of UTF-8 tokens stand for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    long CountBytes(ReadOnlySpan<int> tokens)
    {
        long count = 0;
        foreach (int token in tokens)
        {
            count += BytesOf(token).Length;
        }

        return count;
    }
}
