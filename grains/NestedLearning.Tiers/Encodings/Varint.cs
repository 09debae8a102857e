using System.Numerics;
using System.Runtime.CompilerServices;

namespace NestedLearning.Tiers;

/// <summary>
/// Unsigned integers in 1 to 10 bytes, seven bits each, lowest first; the high bit says that more follow (LEB128).
/// Only the shortest form is accepted, so a value has one encoding.
/// </summary>
internal static class Varint
{
    private const int MaxBytes = 10;

    public static int Size(ulong value) => (70 - BitOperations.LeadingZeroCount(value | 1)) / 7;

    /// <summary>Writes the value and returns the number of bytes. Nearly all are one byte, hence the split.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(Span<byte> destination, ulong value)
    {
        if (value >= 0x80)
        {
            return WriteLong(destination, value);
        }

        destination[0] = (byte)value;
        return 1;
    }

    /// <summary>Reads a value and returns its number of bytes, or 0 when there is no valid one.</summary>
    public static int Read(ReadOnlySpan<byte> source, out ulong value)
    {
        value = 0;
        int longest = Math.Min(source.Length, MaxBytes);
        for (int i = 0; i < longest; i++)
        {
            byte next = source[i];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                bool isShortest = i == 0 || next != 0;
                bool fits = i < MaxBytes - 1 || next <= 1;
                return isShortest && fits ? i + 1 : 0;
            }
        }

        return 0;
    }

    /// <summary>Maps small magnitudes of either sign to small unsigned values: 0, -1, 1, -2 to 0, 1, 2, 3.</summary>
    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    /// <summary>The inverse of <see cref="ZigZag"/>.</summary>
    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private static int WriteLong(Span<byte> destination, ulong value)
    {
        int size = 0;
        for (; value >= 0x80; value >>= 7)
        {
            destination[size++] = (byte)(value | 0x80);
        }

        destination[size++] = (byte)value;
        return size;
    }
}
