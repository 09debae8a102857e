namespace NestedLearning.Tensors.Contracts;

/// <content>Functions of elements.</content>
public sealed partial class Float64Backend
{
    public Tensor Apply(UnaryOperation operation, Tensor x)
    {
        Func<double, double> function = operation switch
        {
            UnaryOperation.Exp => Math.Exp,
            UnaryOperation.Log => Math.Log,
            UnaryOperation.SquareRoot => Math.Sqrt,
            UnaryOperation.Tanh => Math.Tanh,
            UnaryOperation.Abs => Math.Abs,
            UnaryOperation.Sign => value => Math.Sign(value),
            UnaryOperation.Sigmoid => Sigmoid,
            UnaryOperation.Softplus => value => Math.Max(value, 0) + LogOnePlus(Math.Exp(-Math.Abs(value))),
            UnaryOperation.Relu => value => Math.Max(value, 0),
            UnaryOperation.Silu => value => value * Sigmoid(value),
            UnaryOperation.SiluSlope => value => Sigmoid(value) * (1 + (value * (1 - Sigmoid(value)))),
            UnaryOperation.Gelu => value => value * NormalBelow(value),
            UnaryOperation.GeluSlope => value => NormalBelow(value) + (value * NormalDensity(value)),
            _ => throw new ArgumentOutOfRangeException(nameof(operation)),
        };
        return From(x.Shape, index => function(At(x, index)));
    }

    public Tensor Apply(BinaryOperation operation, Tensor x, Tensor y)
    {
        Func<double, double, double> function = operation switch
        {
            BinaryOperation.Add => (a, b) => a + b,
            BinaryOperation.Subtract => (a, b) => a - b,
            BinaryOperation.Multiply => (a, b) => a * b,
            BinaryOperation.Divide => (a, b) => a / b,
            BinaryOperation.Power => Math.Pow,
            BinaryOperation.Minimum => Math.Min,
            BinaryOperation.Maximum => Math.Max,
            BinaryOperation.Equal => (a, b) => a == b ? 1 : 0,
            BinaryOperation.Greater => (a, b) => a > b ? 1 : 0,
            BinaryOperation.GreaterOrEqual => (a, b) => a >= b ? 1 : 0,
            _ => throw new ArgumentOutOfRangeException(nameof(operation)),
        };
        Shape shape = ShapeRules.Broadcast(operation.ToString(), x.Shape, y.Shape);
        return From(shape, index => function(At(x, index), At(y, index)));
    }

    public Tensor Affine(Tensor x, double scale, double offset) => From(x.Shape, index => (scale * At(x, index)) + offset);

    public Tensor Where(Tensor condition, Tensor x, Tensor y)
    {
        Shape shape = ShapeRules.Broadcast(nameof(Where), condition.Shape, ShapeRules.Broadcast(nameof(Where), x.Shape, y.Shape));
        return From(shape, index => At(condition, index) != 0 ? At(x, index) : At(y, index));
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double LogOnePlus(double x) => x < 1e-6 ? x - (x * x / 2) : Math.Log(1 + x);

    private static double NormalDensity(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>The integral of the density from 0, by Simpson's rule.</summary>
    private static double NormalBelow(double x)
    {
        const int Panels = 400;
        double limit = Math.Clamp(x, -9, 9);
        double step = limit / Panels;
        double sum = NormalDensity(0) + NormalDensity(limit);
        for (int i = 1; i < Panels; i++)
        {
            sum += (i % 2 == 0 ? 2 : 4) * NormalDensity(i * step);
        }

        return 0.5 + (sum * step / 3);
    }
}
