namespace NestedLearning.Tensors;

/// <content>Functions of each element.</content>
public sealed partial class Variable
{
    private const double NormalDensityAtZero = 0.39894228040143268;

    /// <summary><c>e^x</c>.</summary>
    public Variable Exp() => Map(UnaryOperation.Exp, (g, y) => g * y);

    /// <summary>The natural logarithm.</summary>
    public Variable Log() => Map(UnaryOperation.Log, (g, _) => g / this);

    /// <summary>The square root. Its gradient at 0 is infinite.</summary>
    public Variable SquareRoot() => Map(UnaryOperation.SquareRoot, (g, y) => g * 0.5 / y);

    /// <summary>The hyperbolic tangent.</summary>
    public Variable Tanh() => MapFused(UnaryOperation.Tanh, (g, y) => g * (1 - (y * y)));

    /// <summary>The magnitude, with gradient 0 at 0.</summary>
    public Variable Abs() => Map(UnaryOperation.Abs, (g, _) => g * Sign());

    /// <summary>-1, 0 or 1; no gradient flows through it.</summary>
    public Variable Sign() => Tape.Own(Backend.Apply(UnaryOperation.Sign, Value));

    /// <summary><c>1 / (1 + e^-x)</c>.</summary>
    public Variable Sigmoid() => MapFused(UnaryOperation.Sigmoid, (g, y) => g * (y * (1 - y)));

    /// <summary><c>log(1 + e^x)</c>.</summary>
    public Variable Softplus() => Map(UnaryOperation.Softplus, (g, _) => g * Sigmoid());

    /// <summary>The larger of x and 0, with gradient 0 at 0.</summary>
    public Variable Relu() => MapFused(UnaryOperation.Relu, (g, y) => g * y.Sign());

    /// <summary><c>x sigmoid(x)</c>.</summary>
    public Variable Silu() => Map(UnaryOperation.Silu, (g, _) => g * SiluSlope());

    /// <summary><c>x Φ(x)</c>, where Φ is the normal distribution function.</summary>
    public Variable Gelu() => Map(UnaryOperation.Gelu, (g, _) => g * GeluSlope());

    /// <summary>The second derivative of the silu is <c>s (1 - s) (2 + x (1 - 2 s))</c> with the sigmoid s.</summary>
    private Variable SiluSlope() => Map(UnaryOperation.SiluSlope, (g, _) =>
    {
        Variable s = Sigmoid();
        return g * (s * (1 - s) * (2 + (this * (1 - (2 * s)))));
    });

    /// <summary>The second derivative of the gelu is <c>(2 - x²) φ(x)</c> with the normal density φ.</summary>
    private Variable GeluSlope() => Map(UnaryOperation.GeluSlope, (g, _) =>
    {
        Variable square = this * this;
        return g * ((2 - square) * (square * -0.5).Exp() * NormalDensityAtZero);
    });

    private Variable MapFused(UnaryOperation operation, Func<Variable, Variable, Variable> rule) => Map(operation, (g, y) =>
        Fused?.ApplyGradient(operation, y.Value, g.Value) is { } fused
            ? Tape.AddGradient(nameof(IFusedGradients.ApplyGradient), fused, y, g)
            : rule(g, y));

    private Variable Map(UnaryOperation operation, Func<Variable, Variable, Variable> rule) =>
        Tape.Add(operation.ToString(), Backend.Apply(operation, Value), new Edge(this, rule));
}
