using System.Numerics;
using System.Runtime.CompilerServices;

namespace NestedLearning.Tensors;

/// <summary>
/// The exponential function in float32 throughout; that of the class library goes through float64 and takes three times as long.
/// </summary>
internal static class Exponential
{
    private const float Log2E = 1.44269504f;

    /// <summary>ln 2 as a sum, whose first part times a small whole number is exact.</summary>
    private const float Log2High = 0.693359375f;
    private const float Log2Low = -2.12194440e-4f;

    /// <summary>Added to a small number, it leaves the nearest whole number in the lowest bits.</summary>
    private const float Rounder = 12582912;

    private const float Lowest = -104;
    private const float LowestNormal = -87.3f;
    private const float Highest = 89;

    /// <summary>
    /// <c>e^x</c> to two units in the last place. Too small is 0, too large is infinity, and NaN stays NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Of(Vector<float> x)
    {
        x = Vector.MaxNative(new Vector<float>(Lowest), Vector.MinNative(new Vector<float>(Highest), x));
        Vector<float> p = Reduced(x, out Vector<int> exponent);

        // Two factors, because 2^n alone may be outside of what float32 holds.
        Vector<int> half = exponent >> 1;
        return p * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    /// <summary><c>e^x</c> for x of 0 or less, but never less than 1.2e-38, which is 0 beside anything that it is added to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> OfNegative(Vector<float> x)
    {
        Vector<float> p = Reduced(Vector.MaxNative(new Vector<float>(LowestNormal), x), out Vector<int> exponent);
        return p * PowerOfTwo(exponent);
    }

    /// <summary>
    /// <c>e^r</c> and n of <c>e^x = 2^n e^r</c> with whole n and <c>|r| ≤ ln 2 / 2</c>; the polynomial is that of the Cephes library's expf.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Reduced(Vector<float> x, out Vector<int> exponent)
    {
        var rounder = new Vector<float>(Rounder);
        Vector<float> rounded = Vector.MultiplyAddEstimate(x, new Vector<float>(Log2E), rounder);
        exponent = Vector.AsVectorInt32(rounded) - Vector.AsVectorInt32(rounder);
        Vector<float> n = rounded - rounder;
        Vector<float> r = Vector.MultiplyAddEstimate(n, new Vector<float>(-Log2High), x);
        r = Vector.MultiplyAddEstimate(n, new Vector<float>(-Log2Low), r);
        var p = new Vector<float>(1.9875691500e-4f);
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(1.3981999507e-3f));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(8.3334519073e-3f));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(4.1665795894e-2f));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(1.6666665459e-1f));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(5.0000001201e-1f));
        return Vector.MultiplyAddEstimate(p, r * r, r + Vector<float>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> PowerOfTwo(Vector<int> exponent) => Vector.AsVectorSingle((exponent + new Vector<int>(127)) << 23);
}
