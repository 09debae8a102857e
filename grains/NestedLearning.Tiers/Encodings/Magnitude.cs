using System.Numerics;
using System.Runtime.InteropServices;

namespace NestedLearning.Tiers;

/// <summary>
/// The largest magnitude of a run of floats. Magnitudes order as their bits do when these are read as integers, with
/// infinity and NaN on top; so one pass finds the scale of a block and whether it is finite.
/// </summary>
internal static class Magnitude
{
    private const int Float32Mask = 0x7FFF_FFFF;
    private const int Float32Infinity = 0x7F80_0000;
    private const long Float64Mask = 0x7FFF_FFFF_FFFF_FFFF;
    private const long Float64Infinity = 0x7FF0_0000_0000_0000;

    /// <summary>The largest magnitude, 0 for no values.</summary>
    /// <exception cref="FrameException">A value is NaN or infinite.</exception>
    public static float Peak(ReadOnlySpan<float> values, string field)
    {
        int peak = LargestMasked(MemoryMarshal.Cast<float, int>(values), Float32Mask);
        return peak < Float32Infinity ? BitConverter.Int32BitsToSingle(peak) : throw FrameException.NotFinite(field);
    }

    /// <summary>Refuses NaN and infinity.</summary>
    /// <exception cref="FrameException">A value is NaN or infinite.</exception>
    public static void CheckFinite(ReadOnlySpan<double> values, string field)
    {
        if (LargestMasked(MemoryMarshal.Cast<double, long>(values), Float64Mask) >= Float64Infinity)
        {
            throw FrameException.NotFinite(field);
        }
    }

    private static T LargestMasked<T>(ReadOnlySpan<T> bits, T mask)
        where T : struct, IBinaryInteger<T>
    {
        Vector<T> masks = new(mask);
        Vector<T> largest = Vector<T>.Zero;
        ReadOnlySpan<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(bits);
        foreach (Vector<T> vector in vectors)
        {
            largest = Vector.Max(largest, vector & masks);
        }

        T result = T.Zero;
        for (int i = 0; i < Vector<T>.Count; i++)
        {
            result = T.Max(result, largest[i]);
        }

        foreach (T rest in bits[(vectors.Length * Vector<T>.Count)..])
        {
            result = T.Max(result, rest & mask);
        }

        return result;
    }
}
