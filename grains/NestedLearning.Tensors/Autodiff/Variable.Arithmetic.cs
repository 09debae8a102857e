namespace NestedLearning.Tensors;

/// <content>Arithmetic; both operands broadcast.</content>
public sealed partial class Variable
{
    private ITensorBackend Backend => Tape.Backend;

    /// <summary>The sum.</summary>
    public static Variable operator +(Variable x, Variable y) => x.Combine(
        BinaryOperation.Add, y, (g, _) => g.SumTo(x.Shape), (g, _) => g.SumTo(y.Shape));

    /// <summary>The difference.</summary>
    public static Variable operator -(Variable x, Variable y) => x.Combine(
        BinaryOperation.Subtract, y, (g, _) => g.SumTo(x.Shape), (g, _) => -g.SumTo(y.Shape));

    /// <summary>The product of elements.</summary>
    public static Variable operator *(Variable x, Variable y) => x.Combine(
        BinaryOperation.Multiply, y, (g, _) => (g * y).SumTo(x.Shape), (g, _) => (g * x).SumTo(y.Shape));

    /// <summary>The quotient of elements.</summary>
    public static Variable operator /(Variable x, Variable y) => x.Combine(
        BinaryOperation.Divide, y, (g, _) => (g / y).SumTo(x.Shape), (g, z) => -(g * z / y).SumTo(y.Shape));

    /// <summary>The sum with a number.</summary>
    public static Variable operator +(Variable x, double y) => x.Affine(1, y);

    /// <summary>The sum with a number.</summary>
    public static Variable operator +(double x, Variable y) => y.Affine(1, x);

    /// <summary>The difference to a number.</summary>
    public static Variable operator -(Variable x, double y) => x.Affine(1, -y);

    /// <summary>The difference from a number.</summary>
    public static Variable operator -(double x, Variable y) => y.Affine(-1, x);

    /// <summary>The product with a number.</summary>
    public static Variable operator *(Variable x, double y) => x.Affine(y, 0);

    /// <summary>The product with a number.</summary>
    public static Variable operator *(double x, Variable y) => y.Affine(x, 0);

    /// <summary>The quotient by a number.</summary>
    public static Variable operator /(Variable x, double y) => x.Affine(1 / y, 0);

    /// <summary>The quotient of a number by each element.</summary>
    public static Variable operator /(double x, Variable y) => y.Tape.Fill(Shape.Scalar, x) / y;

    /// <summary>The negative.</summary>
    public static Variable operator -(Variable x) => x.Affine(-1, 0);

    /// <summary><c>scale x + offset</c>.</summary>
    public Variable Affine(double scale, double offset) => Tape.Add(
        nameof(Affine), Backend.Affine(Value, scale, offset), new Edge(this, (g, _) => g.Affine(scale, 0)));

    /// <summary>Each element to the power of <paramref name="exponent"/>.</summary>
    /// <remarks>The gradient by the exponent is that of positive elements; of others it is NaN.</remarks>
    public Variable Power(Variable exponent) => Combine(
        BinaryOperation.Power,
        exponent,
        (g, _) => (g * exponent * Power(exponent - 1)).SumTo(Shape),
        (g, z) => (g * z * Log()).SumTo(exponent.Shape));

    /// <summary>Each element to the power of <paramref name="exponent"/>.</summary>
    public Variable Power(double exponent) => Power(Tape.Fill(Shape.Scalar, exponent));

    /// <summary>The smaller of two elements. Where they are equal, the gradient goes to this one.</summary>
    public Variable Minimum(Variable other) => Combine(
        BinaryOperation.Minimum,
        other,
        (g, _) => (g * other.GreaterOrEqual(this)).SumTo(Shape),
        (g, _) => (g * Greater(other)).SumTo(other.Shape));

    /// <summary>The larger of two elements. Where they are equal, the gradient goes to this one.</summary>
    public Variable Maximum(Variable other) => Combine(
        BinaryOperation.Maximum,
        other,
        (g, _) => (g * GreaterOrEqual(other)).SumTo(Shape),
        (g, _) => (g * other.Greater(this)).SumTo(other.Shape));

    /// <summary>Sums over what a broadcast from <paramref name="shape"/> repeated.</summary>
    internal Variable SumTo(Shape shape)
    {
        if (Shape.Equals(shape))
        {
            return this;
        }

        int extra = Shape.Rank - shape.Rank;
        int[] axes = [.. Enumerable.Range(0, Shape.Rank).Where(axis => axis < extra || shape[axis - extra] != Shape[axis])];
        return Reduce(Reduction.Sum, axes, keepAxes: true).Reshape(shape);
    }

    private Variable Combine(
        BinaryOperation operation, Variable other, Func<Variable, Variable, Variable> rule, Func<Variable, Variable, Variable> otherRule)
    {
        Tape.Require(other);
        Tensor value = Backend.Apply(operation, Value, other.Value);
        return Tape.Add(operation.ToString(), value, new Edge(this, rule), new Edge(other, otherRule));
    }
}
