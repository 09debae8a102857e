using System.Numerics;

namespace NestedLearning.Tensors;

/// <summary>See <see cref="UnaryOperation.Sigmoid"/>.</summary>
internal readonly struct SigmoidKernel : IUnaryKernel
{
    /// <summary>Below this, the result is 0.</summary>
    private const float Lowest = -87.3f;

    /// <summary>With <c>e = e^-|x|</c>: 1 / (1 + e) for positive x and e / (1 + e) for negative, so nothing overflows.</summary>
    public static Vector<float> Apply(Vector<float> x)
    {
        Vector<float> e = Exponential.OfNegative(-Vector.Abs(x));
        e = Vector.ConditionalSelect(Vector.LessThan(x, new Vector<float>(Lowest)), default, e);
        Vector<float> numerator = Vector.ConditionalSelect(Vector.LessThan(x, default), e, Vector<float>.One);
        return numerator / (Vector<float>.One + e);
    }
}

/// <summary>See <see cref="UnaryOperation.Silu"/>.</summary>
internal readonly struct SiluKernel : IUnaryKernel
{
    public static Vector<float> Apply(Vector<float> x) => x * SigmoidKernel.Apply(x);
}

/// <summary>See <see cref="UnaryOperation.SiluSlope"/>: <c>s (1 + x (1 - s))</c> with the sigmoid s.</summary>
internal readonly struct SiluSlopeKernel : IUnaryKernel
{
    public static Vector<float> Apply(Vector<float> x)
    {
        Vector<float> s = SigmoidKernel.Apply(x);
        return s * (Vector<float>.One + (x * (Vector<float>.One - s)));
    }
}
