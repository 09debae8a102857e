using System.Buffers;

namespace NestedLearning.Models;

/// <summary>
/// A letter for each byte, as in the vocabularies of GPT-2 and those after it: a byte that is a visible letter of Latin-1 is that letter, the
/// others are the letters from U+0100 on.
/// </summary>
internal static class ByteLetters
{
    private static readonly char[] Letters = Create();
    private static readonly Dictionary<char, byte> Bytes = Letters.Select((letter, value) => (letter, (byte)value)).ToDictionary();
    private static readonly SearchValues<char> Known = SearchValues.Create(Letters);

    /// <summary>All letters, in the order of their bytes.</summary>
    public static IEnumerable<string> All => Letters.Select(letter => letter.ToString());

    /// <summary>Whether a text consists of such letters.</summary>
    public static bool Holds(string text) => !text.AsSpan().ContainsAnyExcept(Known);

    /// <summary>The bytes of letters.</summary>
    public static byte[] BytesOf(string letters) => [.. letters.Select(letter => Bytes[letter])];

    private static char[] Create()
    {
        char next = '\u0100';
        return [.. Enumerable.Range(0, 256).Select(value => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : next++)];
    }
}
