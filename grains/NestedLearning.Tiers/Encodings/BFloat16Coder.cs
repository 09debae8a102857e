using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace NestedLearning.Tiers;

/// <summary>
/// The upper half of a float32: the same range with 8 significant bits, 2 bytes a value. Rounds to nearest, ties to
/// even; what would round up to infinity becomes the largest finite value instead.
/// </summary>
internal sealed class BFloat16Coder : FloatCoder
{
    private const uint Infinity = 0x7F80;
    private const uint MagnitudeMask = 0x7FFF;

    public override int BlockLength => 4096;

    /// <summary>Half a step of 2^-7 for normal values, half the smallest bfloat16 (2^-133) below them.</summary>
    public override ErrorBound Error { get; } = new(Math.ScaleB(1, -8), 0, Math.ScaleB(1, -134));

    public override long Size(long count) => sizeof(ushort) * count;

    public override void Encode(ReadOnlySpan<float> values, Span<byte> bytes, string field)
    {
        Magnitude.Peak(values, field);
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(values);
        int done = 0;
        if (BitConverter.IsLittleEndian)
        {
            Span<Vector<ushort>> halves = MemoryMarshal.Cast<byte, Vector<ushort>>(bytes);
            ReadOnlySpan<Vector<uint>> wholes = MemoryMarshal.Cast<uint, Vector<uint>>(bits);
            for (int i = 0; i < halves.Length; i++)
            {
                halves[i] = Vector.Narrow(Round(wholes[2 * i]), Round(wholes[(2 * i) + 1]));
            }

            done = halves.Length * Vector<ushort>.Count;
        }

        for (int i = done; i < bits.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[(sizeof(ushort) * i)..], (ushort)Round(bits[i]));
        }
    }

    public override void Decode(ReadOnlySpan<byte> bytes, Span<float> values, string field)
    {
        Span<uint> bits = MemoryMarshal.Cast<float, uint>(values);
        int done = 0;
        if (BitConverter.IsLittleEndian)
        {
            ReadOnlySpan<Vector<ushort>> halves = MemoryMarshal.Cast<byte, Vector<ushort>>(bytes);
            Span<Vector<uint>> wholes = MemoryMarshal.Cast<uint, Vector<uint>>(bits);
            for (int i = 0; i < halves.Length; i++)
            {
                Vector.Widen(halves[i], out Vector<uint> low, out Vector<uint> high);
                wholes[2 * i] = low << 16;
                wholes[(2 * i) + 1] = high << 16;
            }

            done = halves.Length * Vector<ushort>.Count;
        }

        for (int i = done; i < bits.Length; i++)
        {
            bits[i] = (uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(sizeof(ushort) * i)..]) << 16;
        }

        Magnitude.Peak(values, field);
    }

    private static uint Round(uint bits)
    {
        uint rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
        return (rounded & MagnitudeMask) == Infinity ? rounded - 1 : rounded;
    }

    private static Vector<uint> Round(Vector<uint> bits)
    {
        Vector<uint> rounded = (bits + new Vector<uint>(0x7FFF) + ((bits >> 16) & Vector<uint>.One)) >> 16;
        Vector<uint> minusOneIfInfinite = Vector.Equals(rounded & new Vector<uint>(MagnitudeMask), new Vector<uint>(Infinity));
        return rounded + minusOneIfInfinite;
    }
}
