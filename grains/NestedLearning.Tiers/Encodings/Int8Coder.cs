using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace NestedLearning.Tiers;

/// <summary>
/// One byte a value after the block's largest magnitude as a float32, its peak. A value v is written as
/// <c>q = round(v / peak * 127)</c>, ties to even, and read as <c>q * (1/127) * peak</c>.
/// </summary>
/// <remarks>
/// In float32, 127 * (1/127) is exactly 1, so a value of the largest magnitude comes back to the bit and no value comes
/// back larger; hence nothing overflows, down to a peak that is subnormal. A peak of zero stands for a block of zeros.
/// The peak is a float32 because it costs 2 of about 250 bytes in a typical row and a float16 could neither be exact
/// nor hold every magnitude.
/// </remarks>
internal sealed class Int8Coder : FloatCoder
{
    private const float Steps = 127;
    private const float Step = 1 / Steps;

    /// <summary>1.5 * 2^23: adding it leaves a small number rounded to an integer in the low bits.</summary>
    private const float Rounder = 12_582_912;

    public override int BlockLength => 128;

    /// <summary>Half a step of peak/127, with room for float32's own rounding.</summary>
    public override ErrorBound Error { get; } = new(0, 1 / 253.0, float.Epsilon);

    public override long Size(long count) => count == 0 ? 0 : sizeof(float) + count;

    public override void Encode(ReadOnlySpan<float> values, Span<byte> bytes, string field)
    {
        if (values.IsEmpty)
        {
            return;
        }

        float peak = Magnitude.Peak(values, field);
        BinaryPrimitives.WriteSingleLittleEndian(bytes, peak);
        Span<sbyte> steps = MemoryMarshal.Cast<byte, sbyte>(bytes[sizeof(float)..]);
        if (peak == 0)
        {
            steps.Clear();
            return;
        }

        int width = Vector<sbyte>.Count;
        int i = 0;
        for (; i <= values.Length - width; i += width)
        {
            Quantize(values[i..], peak).CopyTo(steps[i..]);
        }

        if (i < values.Length && i > 0)
        {
            i = values.Length - width;
            Quantize(values[i..], peak).CopyTo(steps[i..]);
            return;
        }

        for (; i < values.Length; i++)
        {
            steps[i] = (sbyte)BitConverter.SingleToInt32Bits((values[i] / peak * Steps) + Rounder);
        }
    }

    public override void Decode(ReadOnlySpan<byte> bytes, Span<float> values, string field)
    {
        if (values.IsEmpty)
        {
            return;
        }

        float peak = BinaryPrimitives.ReadSingleLittleEndian(bytes);
        ReadOnlySpan<sbyte> steps = MemoryMarshal.Cast<byte, sbyte>(bytes[sizeof(float)..]);
        Check(peak, steps, field);
        int width = Vector<sbyte>.Count;
        int i = 0;
        for (; i <= values.Length - width; i += width)
        {
            Restore(new Vector<sbyte>(steps[i..]), peak, values[i..]);
        }

        if (i < values.Length && i > 0)
        {
            i = values.Length - width;
            Restore(new Vector<sbyte>(steps[i..]), peak, values[i..]);
            return;
        }

        for (; i < values.Length; i++)
        {
            values[i] = steps[i] * Step * peak;
        }
    }

    private static void Check(float peak, ReadOnlySpan<sbyte> steps, string field)
    {
        if (!float.IsFinite(peak))
        {
            throw FrameException.NotFinite(field);
        }

        if (float.IsNegative(peak) || steps.Contains(sbyte.MinValue))
        {
            throw new FrameException(
                FrameProblem.BadValue, field, "holds a block with a negative peak or a step of -128; accepted are -127 to 127");
        }
    }

    private static Vector<sbyte> Quantize(ReadOnlySpan<float> values, float peak)
    {
        int width = Vector<float>.Count;
        Vector<short> low = Vector.Narrow(Round(values, peak), Round(values[width..], peak));
        Vector<short> high = Vector.Narrow(Round(values[(2 * width)..], peak), Round(values[(3 * width)..], peak));
        return Vector.Narrow(low, high);
    }

    private static Vector<int> Round(ReadOnlySpan<float> values, float peak) =>
        Vector.AsVectorInt32((new Vector<float>(values) / new Vector<float>(peak) * Steps) + new Vector<float>(Rounder));

    private static void Restore(Vector<sbyte> steps, float peak, Span<float> values)
    {
        int width = Vector<float>.Count;
        Vector.Widen(steps, out Vector<short> low, out Vector<short> high);
        Restore(low, peak, values);
        Restore(high, peak, values[(2 * width)..]);
    }

    private static void Restore(Vector<short> steps, float peak, Span<float> values)
    {
        Vector.Widen(steps, out Vector<int> low, out Vector<int> high);
        (Vector.ConvertToSingle(low) * Step * peak).CopyTo(values);
        (Vector.ConvertToSingle(high) * Step * peak).CopyTo(values[Vector<float>.Count..]);
    }
}
