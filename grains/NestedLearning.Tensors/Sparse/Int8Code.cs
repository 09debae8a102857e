using System.Numerics;

namespace NestedLearning.Tensors;

/// <summary>
/// Eight-bit values relative to the largest magnitude of their group, the peak: a value v is coded as
/// <c>q = round(v / peak * 127)</c>, ties to even, and read as <c>q * (1/127) * peak</c>.
/// </summary>
/// <remarks>
/// In float32, 127 * (1/127) is exactly 1, so a value of the largest magnitude comes back to the bit and no value comes
/// back larger; hence nothing overflows, down to a peak that is subnormal. Coding what was decoded gives the same codes
/// and the same peak again: memories, frames and levels hold the same bits however often a value travels.
/// </remarks>
public static class Int8Code
{
    private const float Steps = 127;
    private const float Step = 1 / Steps;

    /// <summary>1.5 * 2^23: adding it leaves a small number rounded to an integer in the low bits.</summary>
    private const float Rounder = 12_582_912;

    /// <summary>Codes <paramref name="values"/>, which must be finite; the error of a value is about peak / 254 at most.</summary>
    /// <returns>The peak: the largest magnitude, 0 for an empty or all-zero group.</returns>
    public static float Encode(ReadOnlySpan<float> values, Span<sbyte> codes)
    {
        float peak = 0;
        foreach (float value in values)
        {
            peak = MathF.Max(peak, MathF.Abs(value));
        }

        Encode(values, peak, codes);
        return peak;
    }

    /// <summary>Codes <paramref name="values"/>, none of which is larger than <paramref name="peak"/>.</summary>
    public static void Encode(ReadOnlySpan<float> values, float peak, Span<sbyte> codes)
    {
        if (peak == 0)
        {
            codes[..values.Length].Clear();
            return;
        }

        int width = Vector<sbyte>.Count;
        int i = 0;
        for (; i <= values.Length - width; i += width)
        {
            Quantize(values[i..], peak).CopyTo(codes[i..]);
        }

        if (i < values.Length && i > 0)
        {
            i = values.Length - width;
            Quantize(values[i..], peak).CopyTo(codes[i..]);
            return;
        }

        for (; i < values.Length; i++)
        {
            codes[i] = (sbyte)BitConverter.SingleToInt32Bits((values[i] / peak * Steps) + Rounder);
        }
    }

    /// <summary>Turns codes back into values.</summary>
    public static void Decode(ReadOnlySpan<sbyte> codes, float peak, Span<float> values)
    {
        int width = Vector<sbyte>.Count;
        int i = 0;
        for (; i <= codes.Length - width; i += width)
        {
            Restore(new Vector<sbyte>(codes[i..]), peak, values[i..]);
        }

        if (i < codes.Length && i > 0)
        {
            i = codes.Length - width;
            Restore(new Vector<sbyte>(codes[i..]), peak, values[i..]);
            return;
        }

        for (; i < codes.Length; i++)
        {
            values[i] = Decode(codes[i], peak);
        }
    }

    /// <summary>Turns one code back into its value.</summary>
    public static float Decode(sbyte code, float peak) => code * Step * peak;

    private static Vector<sbyte> Quantize(ReadOnlySpan<float> values, float peak)
    {
        int width = Vector<float>.Count;
        Vector<short> low = Vector.Narrow(Round(values, peak), Round(values[width..], peak));
        Vector<short> high = Vector.Narrow(Round(values[(2 * width)..], peak), Round(values[(3 * width)..], peak));
        return Vector.Narrow(low, high);
    }

    private static Vector<int> Round(ReadOnlySpan<float> values, float peak) =>
        Vector.AsVectorInt32((new Vector<float>(values) / new Vector<float>(peak) * Steps) + new Vector<float>(Rounder));

    private static void Restore(Vector<sbyte> codes, float peak, Span<float> values)
    {
        int width = Vector<float>.Count;
        Vector.Widen(codes, out Vector<short> low, out Vector<short> high);
        Restore(low, peak, values);
        Restore(high, peak, values[(2 * width)..]);
    }

    private static void Restore(Vector<short> codes, float peak, Span<float> values)
    {
        Vector.Widen(codes, out Vector<int> low, out Vector<int> high);
        (Vector.ConvertToSingle(low) * Step * peak).CopyTo(values);
        (Vector.ConvertToSingle(high) * Step * peak).CopyTo(values[Vector<float>.Count..]);
    }
}
