using System.Numerics;
using System.Runtime.CompilerServices;

namespace NestedLearning.Tensors;

/// <summary>See <see cref="UnaryOperation.Gelu"/>.</summary>
internal readonly struct GeluKernel : IUnaryKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Apply(Vector<float> x) => x * NormalDistribution.Below(x, Exponential.Of(x * x * -0.5f));
}

/// <summary>See <see cref="UnaryOperation.GeluSlope"/>: <c>Φ(x) + x φ(x)</c>.</summary>
internal readonly struct GeluSlopeKernel : IUnaryKernel
{
    private const float DensityAtZero = 0.3989422804f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Apply(Vector<float> x)
    {
        Vector<float> bell = Exponential.Of(x * x * -0.5f);
        return NormalDistribution.Below(x, bell) + (x * bell * DensityAtZero);
    }
}

/// <summary>The normal distribution function.</summary>
internal static class NormalDistribution
{
    /// <summary>
    /// Φ(x) to 1e-7, given <paramref name="bell"/> = exp(-x²/2): the rational approximation of erfc by Abramowitz and Stegun,
    /// Handbook of Mathematical Functions, 7.1.26, on the side where it is small.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Below(Vector<float> x, Vector<float> bell)
    {
        Vector<float> one = Vector<float>.One;
        Vector<float> t = one / Vector.MultiplyAddEstimate(Vector.Abs(x), new Vector<float>(0.3275911f * 0.70710678f), one);
        Vector<float> p = Vector.MultiplyAddEstimate(t, new Vector<float>(0.5f * 1.061405429f), new Vector<float>(0.5f * -1.453152027f));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(0.5f * 1.421413741f));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(0.5f * -0.284496736f));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(0.5f * 0.254829592f));
        Vector<float> tail = p * t * bell;
        return Vector.ConditionalSelect(Vector.LessThan(x, default), tail, one - tail);
    }
}
