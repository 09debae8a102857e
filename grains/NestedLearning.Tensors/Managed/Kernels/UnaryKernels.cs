using System.Numerics;

namespace NestedLearning.Tensors;

/// <summary>See <see cref="UnaryOperation.Exp"/>.</summary>
internal readonly struct ExpKernel : IUnaryKernel
{
    public static Vector<float> Apply(Vector<float> x) => Exponential.Of(x);
}

/// <summary>See <see cref="UnaryOperation.Log"/>.</summary>
internal readonly struct LogKernel : IUnaryKernel
{
    public static Vector<float> Apply(Vector<float> x) => Vector.Log(x);
}

/// <summary>See <see cref="UnaryOperation.SquareRoot"/>.</summary>
internal readonly struct SquareRootKernel : IUnaryKernel
{
    public static Vector<float> Apply(Vector<float> x) => Vector.SquareRoot(x);
}

/// <summary>See <see cref="UnaryOperation.Abs"/>.</summary>
internal readonly struct AbsKernel : IUnaryKernel
{
    public static Vector<float> Apply(Vector<float> x) => Vector.Abs(x);
}

/// <summary>See <see cref="UnaryOperation.Sign"/>.</summary>
internal readonly struct SignKernel : IUnaryKernel
{
    public static Vector<float> Apply(Vector<float> x)
    {
        Vector<float> one = Vector<float>.One;
        Vector<float> negative = Vector.ConditionalSelect(Vector.LessThan(x, default), -one, x);
        return Vector.ConditionalSelect(Vector.GreaterThan(x, default), one, negative);
    }
}

/// <summary>See <see cref="UnaryOperation.Relu"/>.</summary>
internal readonly struct ReluKernel : IUnaryKernel
{
    public static Vector<float> Apply(Vector<float> x) => Vector.Max(x, default);
}

/// <summary>See <see cref="UnaryOperation.Tanh"/>.</summary>
internal readonly struct TanhKernel : IUnaryKernel
{
    /// <summary>Below this magnitude the formula with exponentials loses digits, and a polynomial does not.</summary>
    private const float PolynomialLimit = 0.625f;

    /// <summary>The polynomial is that of the Cephes library's tanhf.</summary>
    public static Vector<float> Apply(Vector<float> x)
    {
        Vector<float> magnitude = Vector.Abs(x);
        Vector<float> one = Vector<float>.One;
        Vector<float> e = Exponential.OfNegative(magnitude * -2f);
        Vector<float> large = Vector.CopySign((one - e) / (one + e), x);
        Vector<float> z = x * x;
        Vector<float> p = (z * -5.70498872745e-3f) + new Vector<float>(2.06390887954e-2f);
        p = (p * z) - new Vector<float>(5.37397155531e-2f);
        p = (p * z) + new Vector<float>(1.33314422036e-1f);
        p = (p * z) - new Vector<float>(3.33332819422e-1f);
        return Vector.ConditionalSelect(Vector.LessThan(magnitude, new Vector<float>(PolynomialLimit)), (p * z * x) + x, large);
    }
}

/// <summary>See <see cref="UnaryOperation.Softplus"/>.</summary>
internal readonly struct SoftplusKernel : IUnaryKernel
{
    /// <summary>
    /// <c>max(x, 0) + log(1 + e)</c> with <c>e = e^-|x|</c>, and <c>log(1 + e) = 2 artanh z</c> with <c>z = e / (2 + e)</c>
    /// of at most 1/3, whose series keeps all digits of a small e.
    /// </summary>
    public static Vector<float> Apply(Vector<float> x)
    {
        Vector<float> e = Exponential.OfNegative(-Vector.Abs(x));
        Vector<float> z = e / (e + new Vector<float>(2));
        Vector<float> square = z * z;
        Vector<float> p = Vector.MultiplyAddEstimate(square, new Vector<float>(2f / 13), new Vector<float>(2f / 11));
        p = Vector.MultiplyAddEstimate(p, square, new Vector<float>(2f / 9));
        p = Vector.MultiplyAddEstimate(p, square, new Vector<float>(2f / 7));
        p = Vector.MultiplyAddEstimate(p, square, new Vector<float>(2f / 5));
        p = Vector.MultiplyAddEstimate(p, square, new Vector<float>(2f / 3));
        p = Vector.MultiplyAddEstimate(p, square, new Vector<float>(2));
        return Vector.MultiplyAddEstimate(p, z, Vector.Max(x, default));
    }
}
