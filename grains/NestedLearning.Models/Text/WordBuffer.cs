using System.Buffers;
using System.Globalization;
using System.Text;

namespace NestedLearning.Models;

/// <summary>
/// The words of a text, lower-case, as UTF-8 in one pooled buffer, each as <c>&lt;word&gt;</c>. A word is a run of
/// <c>[^\W_]+</c>: letters, non-spacing marks, decimal digits and connectors other than '_', by Unicode scalar, after
/// the apostrophes ' and U+2019 are deleted.
/// </summary>
internal ref struct WordBuffer
{
    private const char Apostrophe = '\'';
    private const char RightQuote = '\u2019';

    private const int WordCategories =
        (1 << (int)UnicodeCategory.UppercaseLetter) | (1 << (int)UnicodeCategory.LowercaseLetter)
        | (1 << (int)UnicodeCategory.TitlecaseLetter) | (1 << (int)UnicodeCategory.ModifierLetter)
        | (1 << (int)UnicodeCategory.OtherLetter) | (1 << (int)UnicodeCategory.NonSpacingMark)
        | (1 << (int)UnicodeCategory.DecimalDigitNumber) | (1 << (int)UnicodeCategory.ConnectorPunctuation);

    private readonly byte[] _bytes;
    private readonly int[] _ends;

    /// <summary>Finds the words of <paramref name="text"/>.</summary>
    public WordBuffer(string text)
    {
        char[] lower = ArrayPool<char>.Shared.Rent(text.Length);
        Span<char> characters = lower.AsSpan(0, text.AsSpan().ToLowerInvariant(lower));
        // A character makes at most 3 bytes, and every second one at most starts a word, which adds 2.
        _bytes = ArrayPool<byte>.Shared.Rent(checked((4 * text.Length) + 2));
        _ends = ArrayPool<int>.Shared.Rent((text.Length / 2) + 1);
        Split(characters);
        ArrayPool<char>.Shared.Return(lower);
    }

    /// <summary>The number of words.</summary>
    public int Count { get; private set; }

    /// <summary>The number of bytes of all words with their brackets.</summary>
    public readonly int ByteCount => Count == 0 ? 0 : _ends[Count - 1];

    /// <summary>Word <paramref name="index"/> between '&lt;' and '&gt;'.</summary>
    public readonly ReadOnlySpan<byte> Bracketed(int index)
    {
        int start = index == 0 ? 0 : _ends[index - 1];
        return _bytes.AsSpan(start, _ends[index] - start);
    }

    /// <summary>Word <paramref name="index"/> itself.</summary>
    public readonly ReadOnlySpan<byte> this[int index] => Bracketed(index)[1..^1];

    /// <summary>Whether .NET's <c>\w</c> without '_' accepts the scalar; beyond U+FFFF, which <c>\w</c> never accepts, by category.</summary>
    public static bool IsWordScalar(Rune scalar) =>
        scalar.IsAscii
            ? char.IsAsciiLetterOrDigit((char)scalar.Value)
            : ((WordCategories >> (int)Rune.GetUnicodeCategory(scalar)) & 1) != 0;

    /// <summary>Gives the buffers back to the pool.</summary>
    public readonly void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        ArrayPool<int>.Shared.Return(_ends);
    }

    private void Split(ReadOnlySpan<char> characters)
    {
        int length = 0;
        bool inside = false;
        while (!characters.IsEmpty)
        {
            bool valid = Rune.DecodeFromUtf16(characters, out Rune scalar, out int used) == OperationStatus.Done;
            characters = characters[used..];
            if (scalar.Value is Apostrophe or RightQuote)
            {
                continue;
            }

            bool isWord = valid && IsWordScalar(scalar);
            if (isWord != inside)
            {
                _bytes[length++] = (byte)(isWord ? '<' : '>');
                if (inside)
                {
                    _ends[Count++] = length;
                }

                inside = isWord;
            }

            if (isWord)
            {
                length += scalar.EncodeToUtf8(_bytes.AsSpan(length));
            }
        }

        if (inside)
        {
            _bytes[length++] = (byte)'>';
            _ends[Count++] = length;
        }
    }
}
