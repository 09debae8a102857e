using System.Numerics;
using System.Runtime.InteropServices;

namespace NestedLearning.Tiers;

/// <summary>
/// Finds the values of largest magnitude in a block. Magnitudes order as their bits do when these are read as integers,
/// so the smallest one that is kept is found bit by bit, each by counting how many values reach it.
/// </summary>
internal static class TopKSelection
{
    private const int MagnitudeMask = 0x7FFF_FFFF;

    /// <summary>
    /// Fills <paramref name="positions"/> with as many positions as it holds, rising. Of equal magnitudes the first ones
    /// are kept. There must be at least as many values, and none of them NaN.
    /// </summary>
    public static void Select(ReadOnlySpan<float> values, Span<ushort> positions)
    {
        ReadOnlySpan<int> bits = MemoryMarshal.Cast<float, int>(values);
        int smallest = SmallestKept(bits, positions.Length);
        int ties = positions.Length - CountFrom(bits, smallest + 1);
        int vectors = bits.Length / Vector<int>.Count;
        int found = 0;
        for (int i = 0; i < vectors; i++)
        {
            int start = i * Vector<int>.Count;
            if (Vector.GreaterThanOrEqualAny(Magnitudes(bits[start..]), new Vector<int>(smallest)))
            {
                found += Take(bits, start, start + Vector<int>.Count, smallest, ref ties, positions[found..]);
            }
        }

        Take(bits, vectors * Vector<int>.Count, bits.Length, smallest, ref ties, positions[found..]);
    }

    /// <summary>The largest magnitude that at least <paramref name="kept"/> values reach.</summary>
    private static int SmallestKept(ReadOnlySpan<int> bits, int kept)
    {
        int smallest = 0;
        for (int bit = 30; bit >= 0; bit--)
        {
            int candidate = smallest | (1 << bit);
            int count = CountFrom(bits, candidate);
            smallest = count >= kept ? candidate : smallest;
            if (count == kept)
            {
                break;
            }
        }

        return smallest;
    }

    /// <summary>How many values have at least this magnitude.</summary>
    private static int CountFrom(ReadOnlySpan<int> bits, int magnitude)
    {
        Vector<int> below = new(magnitude - 1);
        Vector<int> first = Vector<int>.Zero;
        Vector<int> second = Vector<int>.Zero;
        int width = Vector<int>.Count;
        int i = 0;
        for (; i <= bits.Length - (2 * width); i += 2 * width)
        {
            first -= Vector.GreaterThan(Magnitudes(bits[i..]), below);
            second -= Vector.GreaterThan(Magnitudes(bits[(i + width)..]), below);
        }

        int count = Vector.Sum(first + second);
        for (; i < bits.Length; i++)
        {
            count += (bits[i] & MagnitudeMask) >= magnitude ? 1 : 0;
        }

        return count;
    }

    private static int Take(ReadOnlySpan<int> bits, int start, int end, int smallest, ref int ties, Span<ushort> positions)
    {
        int found = 0;
        for (int i = start; i < end; i++)
        {
            int magnitude = bits[i] & MagnitudeMask;
            if (magnitude > smallest || (magnitude == smallest && ties-- > 0))
            {
                positions[found++] = (ushort)i;
            }
        }

        return found;
    }

    private static Vector<int> Magnitudes(ReadOnlySpan<int> bits) => new Vector<int>(bits) & new Vector<int>(MagnitudeMask);
}
