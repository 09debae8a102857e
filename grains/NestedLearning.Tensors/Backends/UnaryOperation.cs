namespace NestedLearning.Tensors;

/// <summary>A function of one number that a backend applies to every element.</summary>
public enum UnaryOperation
{
    /// <summary><c>e^x</c>.</summary>
    Exp,

    /// <summary>The natural logarithm.</summary>
    Log,

    /// <summary>The square root.</summary>
    SquareRoot,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>The magnitude.</summary>
    Abs,

    /// <summary>-1, 0 or 1.</summary>
    Sign,

    /// <summary><c>1 / (1 + e^-x)</c>.</summary>
    Sigmoid,

    /// <summary><c>log(1 + e^x)</c>, without overflow.</summary>
    Softplus,

    /// <summary>The larger of x and 0.</summary>
    Relu,

    /// <summary><c>x sigmoid(x)</c>.</summary>
    Silu,

    /// <summary>The derivative of <see cref="Silu"/>.</summary>
    SiluSlope,

    /// <summary><c>x Φ(x)</c>, where Φ is the normal distribution function (the exact form, not the one with tanh).</summary>
    Gelu,

    /// <summary>The derivative of <see cref="Gelu"/>.</summary>
    GeluSlope,
}
