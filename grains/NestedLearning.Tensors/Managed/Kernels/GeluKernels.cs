using System.Numerics;
using System.Runtime.CompilerServices;

namespace NestedLearning.Tensors;

/// <summary>See <see cref="UnaryOperation.Gelu"/>: <c>max(x, 0) - |x| Φ(-|x|)</c>.</summary>
internal readonly struct GeluKernel : IUnaryKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Apply(Vector<float> x)
    {
        Vector<float> magnitude = Vector.Abs(x);
        Vector<float> tail = NormalDistribution.Tail(magnitude, NormalDistribution.Bell(x));
        return Vector.MaxNative(default, x) - (magnitude * tail);
    }
}

/// <summary>See <see cref="UnaryOperation.GeluSlope"/>: <c>Φ(x) + x φ(x)</c>.</summary>
internal readonly struct GeluSlopeKernel : IUnaryKernel
{
    private const float DensityAtZero = 0.3989422804f;

    /// <summary>Beyond this magnitude the density is 0.</summary>
    private const float Farthest = 13.2f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Apply(Vector<float> x)
    {
        Vector<float> magnitude = Vector.Abs(x);
        Vector<float> bell = NormalDistribution.Bell(x);
        bell = Vector.ConditionalSelect(Vector.GreaterThan(magnitude, new Vector<float>(Farthest)), default, bell);
        Vector<float> tail = NormalDistribution.Tail(magnitude, bell);
        Vector<float> below = Vector.ConditionalSelect(Vector.LessThan(x, default), tail, Vector<float>.One - tail);
        return Vector.MultiplyAddEstimate(x * bell, new Vector<float>(DensityAtZero), below);
    }
}

/// <summary>The normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary><c>e^(-x²/2)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Bell(Vector<float> x) => Exponential.OfNegative(x * x * -0.5f);

    /// <summary>
    /// Φ(-x) to 1e-7 for positive x, given <paramref name="bell"/> = exp(-x²/2): the rational approximation of erfc by Abramowitz and
    /// Stegun, Handbook of Mathematical Functions, 7.1.26.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tail(Vector<float> x, Vector<float> bell)
    {
        Vector<float> one = Vector<float>.One;
        Vector<float> t = one / Vector.MultiplyAddEstimate(x, new Vector<float>(0.3275911f * 0.70710678f), one);
        Vector<float> p = Vector.MultiplyAddEstimate(t, new Vector<float>(0.5f * 1.061405429f), new Vector<float>(0.5f * -1.453152027f));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(0.5f * 1.421413741f));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(0.5f * -0.284496736f));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(0.5f * 0.254829592f));
        return p * t * bell;
    }
}
