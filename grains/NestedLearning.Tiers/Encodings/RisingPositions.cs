using System.Buffers.Binary;
using System.Numerics;

namespace NestedLearning.Tiers;

/// <summary>
/// Strictly rising positions in a block in the fewest bits that need not look at them (Elias-Fano): the low bits of
/// each as they are, then what is above as gaps in unary. Its size follows from two numbers alone.
/// </summary>
/// <remarks>
/// With k positions below n, <c>l = floor(log2(floor(n / k)))</c>: first k times the low l bits; then, from the next byte
/// on, <c>k + ((n - 1) >> l)</c> bits of which the i-th that is 1 (from 0) has the number <c>i + (position >> l)</c>.
/// Lowest bit first; what is left of a byte is 0.
/// </remarks>
internal readonly struct RisingPositions(int count, int limit)
{
    private readonly int _lowBits = count == 0 ? 0 : BitOperations.Log2((uint)(limit / count));

    /// <summary>The bytes that they take.</summary>
    public int Size => count == 0 ? 0 : LowBytes + HighBytes;

    private int LowBytes => ((count * _lowBits) + 7) / 8;

    private int HighBits => count + ((limit - 1) >> _lowBits);

    private int HighBytes => (HighBits + 7) / 8;

    public void Write(ReadOnlySpan<ushort> positions, Span<byte> bytes)
    {
        bytes = bytes[..Size];
        bytes.Clear();
        Span<byte> highs = bytes[LowBytes..];
        int mask = (1 << _lowBits) - 1;
        for (int i = 0; i < positions.Length; i++)
        {
            WriteLow(bytes, i * _lowBits, positions[i] & mask);
            int bit = i + (positions[i] >> _lowBits);
            highs[bit / 8] |= (byte)(1 << (bit % 8));
        }
    }

    /// <exception cref="FrameException">They are not as many, do not rise, or reach the limit.</exception>
    public void Read(ReadOnlySpan<byte> bytes, Span<ushort> positions, string field)
    {
        ReadOnlySpan<byte> highs = bytes[LowBytes..Size];
        int found = 0;
        int last = -1;
        for (int i = 0; i < highs.Length; i++)
        {
            for (uint rest = highs[i]; rest != 0; rest &= rest - 1)
            {
                int bit = (8 * i) + BitOperations.TrailingZeroCount(rest);
                int position = found < count ? ((bit - found) << _lowBits) | ReadLow(bytes, found * _lowBits) : limit;
                if (position <= last || position >= limit)
                {
                    throw Refused(field);
                }

                positions[found++] = (ushort)position;
                last = position;
            }
        }

        if (found != count || HasLowRest(bytes))
        {
            throw Refused(field);
        }
    }

    private void WriteLow(Span<byte> bytes, int bit, int value)
    {
        for (int written = 0; written < _lowBits;)
        {
            int free = 8 - ((bit + written) % 8);
            bytes[(bit + written) / 8] |= (byte)((value >> written) << (8 - free));
            written += free;
        }
    }

    private int ReadLow(ReadOnlySpan<byte> bytes, int bit)
    {
        if (_lowBits == 0)
        {
            return 0;
        }

        ReadOnlySpan<byte> from = bytes[(bit / 8)..];
        uint bits = from.Length >= sizeof(uint)
            ? BinaryPrimitives.ReadUInt32LittleEndian(from)
            : ReadEnd(from);
        return (int)(bits >> (bit % 8)) & ((1 << _lowBits) - 1);
    }

    private static uint ReadEnd(ReadOnlySpan<byte> bytes)
    {
        uint bits = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            bits |= (uint)bytes[i] << (8 * i);
        }

        return bits;
    }

    private bool HasLowRest(ReadOnlySpan<byte> bytes)
    {
        int used = count * _lowBits % 8;
        return used != 0 && bytes[LowBytes - 1] >> used != 0;
    }

    private FrameException Refused(string field) =>
        new(FrameProblem.BadValue, field, $"holds positions that are not {count} rising ones below {limit}");
}
