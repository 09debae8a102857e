using System.Buffers;
using System.Text;

namespace NestedLearning.Models;

/// <summary>Turns UTF-8 that comes in pieces into text. A character that a piece cuts comes with the piece that ends it.</summary>
public sealed class TextDecoder
{
    private byte[] _begun;

    /// <summary>A decoder that goes on after the first bytes of a character, if there are any.</summary>
    public TextDecoder(ReadOnlySpan<byte> begun = default) => _begun = begun.ToArray();

    /// <summary>The bytes of a character that has not ended, 0 to 3.</summary>
    public ReadOnlySpan<byte> Begun => _begun;

    /// <summary>The characters that end with these bytes. Bytes that are no UTF-8 become U+FFFD.</summary>
    public string Decode(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> rest = [.. _begun, .. bytes];
        StringBuilder text = new();
        while (!rest.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(rest, out Rune character, out int consumed);
            if (status == OperationStatus.NeedMoreData)
            {
                break;
            }

            text.Append(character.ToString());
            rest = rest[consumed..];
        }

        _begun = rest.ToArray();
        return text.ToString();
    }

    /// <summary>Ends the text: what has begun and not ended becomes U+FFFD.</summary>
    public string End()
    {
        string end = _begun.Length == 0 ? "" : Rune.ReplacementChar.ToString();
        _begun = [];
        return end;
    }
}
