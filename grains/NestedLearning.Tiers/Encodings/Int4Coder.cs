using System.Buffers.Binary;
using System.Numerics;

namespace NestedLearning.Tiers;

/// <summary>
/// Half a byte a value after the block's largest magnitude as a float32, its peak: a value v becomes
/// <c>q = round(v / peak * 7)</c>, ties to even, and comes back as <c>q * (1/7) * peak</c>. Of two neighbours the first
/// has the low half of the byte.
/// </summary>
/// <remarks>In float32, 7 * (1/7) is exactly 1: the largest magnitude comes back to the bit and nothing overflows.</remarks>
internal sealed class Int4Coder : FloatCoder
{
    private const float Steps = 7;
    private const float Step = 1 / Steps;
    private const byte LowHalf = 0x0F;

    /// <summary>1.5 * 2^23: adding it leaves a small number rounded to an integer in the low bits.</summary>
    private const float Rounder = 12_582_912;

    public override int BlockLength => 128;

    /// <summary>Half a step of peak/7, with room for float32's own rounding.</summary>
    public override ErrorBound Error { get; } = new(0, 1 / 13.9, float.Epsilon);

    public override long Size(long count) => count == 0 ? 0 : sizeof(float) + ((count + 1) / 2);

    public override void Encode(ReadOnlySpan<float> values, Span<byte> bytes, string field)
    {
        if (values.IsEmpty)
        {
            return;
        }

        float peak = Magnitude.Peak(values, field);
        BinaryPrimitives.WriteSingleLittleEndian(bytes, peak);
        Span<byte> pairs = bytes.Slice(sizeof(float), (values.Length + 1) / 2);
        int done = peak > 0 && BitConverter.IsLittleEndian ? PackVectors(values, peak, pairs) : 0;
        for (int i = done; i < pairs.Length; i++)
        {
            int low = Quantize(values[2 * i], peak);
            int high = (2 * i) + 1 < values.Length ? Quantize(values[(2 * i) + 1], peak) : 0;
            pairs[i] = (byte)((low & LowHalf) | (high << 4));
        }
    }

    public override void Decode(ReadOnlySpan<byte> bytes, Span<float> values, string field)
    {
        if (values.IsEmpty)
        {
            return;
        }

        float peak = BinaryPrimitives.ReadSingleLittleEndian(bytes);
        ReadOnlySpan<byte> pairs = bytes.Slice(sizeof(float), (values.Length + 1) / 2);
        Check(peak, pairs, values.Length, field);
        int done = BitConverter.IsLittleEndian ? UnpackVectors(pairs, peak, values) : 0;
        for (int i = 2 * done; i < values.Length; i++)
        {
            int half = (i & 1) == 0 ? pairs[i / 2] << 4 : pairs[i / 2];
            values[i] = ((sbyte)half >> 4) * Step * peak;
        }
    }

    private static int Quantize(float value, float peak) =>
        peak == 0 ? 0 : (sbyte)BitConverter.SingleToInt32Bits((value / peak * Steps) + Rounder);

    /// <summary>Packs as many values as fill vectors, and returns the number of pairs.</summary>
    private static int PackVectors(ReadOnlySpan<float> values, float peak, Span<byte> pairs)
    {
        int done = 0;
        int width = Vector<float>.Count;
        for (; done <= pairs.Length - Vector<byte>.Count && values.Length >= 8 * width; done += Vector<byte>.Count)
        {
            Vector<ushort> first = Join(values, peak);
            Vector<ushort> second = Join(values[(4 * width)..], peak);
            Vector.Narrow(first, second).CopyTo(pairs[done..]);
            values = values[(8 * width)..];
        }

        return done;
    }

    /// <summary>Eight signed bytes a vector of eight, then two neighbours in the low byte of every 16 bits.</summary>
    private static Vector<ushort> Join(ReadOnlySpan<float> values, float peak)
    {
        int width = Vector<float>.Count;
        Vector<short> low = Vector.Narrow(Round(values, peak), Round(values[width..], peak));
        Vector<short> high = Vector.Narrow(Round(values[(2 * width)..], peak), Round(values[(3 * width)..], peak));
        Vector<ushort> codes = Vector.AsVectorUInt16(Vector.Narrow(low, high)) & new Vector<ushort>(0x0F0F);
        return (codes | (codes >> 4)) & new Vector<ushort>(0x00FF);
    }

    private static Vector<int> Round(ReadOnlySpan<float> values, float peak) =>
        Vector.AsVectorInt32((new Vector<float>(values) / new Vector<float>(peak) * Steps) + new Vector<float>(Rounder));

    /// <summary>Unpacks as many pairs as fill vectors, and returns their number.</summary>
    private static int UnpackVectors(ReadOnlySpan<byte> pairs, float peak, Span<float> values)
    {
        int done = 0;
        for (; done <= pairs.Length - Vector<byte>.Count && values.Length - (2 * done) >= 2 * Vector<byte>.Count; done += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(pairs[done..]), out Vector<ushort> first, out Vector<ushort> second);
            Span<float> target = values[(2 * done)..];
            Restore(Split(first), peak, target);
            Restore(Split(second), peak, target[Vector<byte>.Count..]);
        }

        return done;
    }

    /// <summary>From a pair in the low byte of 16 bits to two signed bytes.</summary>
    private static Vector<sbyte> Split(Vector<ushort> pairs)
    {
        Vector<ushort> halves = (pairs | (pairs << 4)) & new Vector<ushort>(0x0F0F);
        Vector<sbyte> sign = new(8);
        return (Vector.AsVectorSByte(halves) ^ sign) - sign;
    }

    private static void Restore(Vector<sbyte> codes, float peak, Span<float> values)
    {
        Vector.Widen(codes, out Vector<short> low, out Vector<short> high);
        Restore(low, peak, values);
        Restore(high, peak, values[(2 * Vector<float>.Count)..]);
    }

    private static void Restore(Vector<short> codes, float peak, Span<float> values)
    {
        Vector.Widen(codes, out Vector<int> low, out Vector<int> high);
        (Vector.ConvertToSingle(low) * Step * peak).CopyTo(values);
        (Vector.ConvertToSingle(high) * Step * peak).CopyTo(values[Vector<float>.Count..]);
    }

    private static void Check(float peak, ReadOnlySpan<byte> pairs, int count, string field)
    {
        if (!float.IsFinite(peak))
        {
            throw FrameException.NotFinite(field);
        }

        bool hasLowest = false;
        foreach (byte pair in pairs)
        {
            hasLowest |= (pair & LowHalf) == 0x08 || pair >> 4 == 0x08;
        }

        bool hasExtra = (count & 1) == 1 && pairs[^1] >> 4 != 0;
        if (float.IsNegative(peak) || hasLowest || hasExtra)
        {
            throw new FrameException(
                FrameProblem.BadValue, field, "holds a block with a negative peak, a step of -8 or a half byte too many; accepted are -7 to 7");
        }
    }
}
