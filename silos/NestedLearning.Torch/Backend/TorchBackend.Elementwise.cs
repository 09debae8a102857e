using NestedLearning.Tensors;
using TorchSharp;

namespace NestedLearning.Torch;

/// <content>Functions of elements.</content>
public sealed partial class TorchBackend
{
    /// <inheritdoc/>
    public Tensor Apply(UnaryOperation operation, Tensor x) => operation switch
    {
        UnaryOperation.Exp => Map(operation, x, value => value.exp()),
        UnaryOperation.Log => Map(operation, x, value => value.log()),
        UnaryOperation.SquareRoot => Map(operation, x, value => value.sqrt()),
        UnaryOperation.Tanh => Map(operation, x, value => value.tanh()),
        UnaryOperation.Abs => Map(operation, x, value => value.abs()),
        UnaryOperation.Sign => Map(operation, x, value => value.sign()),
        UnaryOperation.Sigmoid => Map(operation, x, value => value.sigmoid()),
        UnaryOperation.Softplus => Map(operation, x, value => value.softplus()),
        UnaryOperation.Relu => Map(operation, x, value => value.relu()),
        UnaryOperation.Silu => Map(operation, x, value => value.silu()),
        UnaryOperation.SiluSlope => Map(operation, x, Slopes.Silu),
        UnaryOperation.Gelu => Map(operation, x, value => value.gelu()),
        UnaryOperation.GeluSlope => Map(operation, x, Slopes.Gelu),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation."),
    };

    /// <inheritdoc/>
    public Tensor Apply(BinaryOperation operation, Tensor x, Tensor y)
    {
        Shape shape = ShapeRules.Broadcast(operation.ToString(), x.Shape, y.Shape);
        return operation switch
        {
            BinaryOperation.Add => Combine(operation, shape, x, y, (a, b) => a.add(b, Constants.One)),
            BinaryOperation.Subtract => Combine(operation, shape, x, y, (a, b) => a.sub(b)),
            BinaryOperation.Multiply => Combine(operation, shape, x, y, (a, b) => a.mul(b)),
            BinaryOperation.Divide => Combine(operation, shape, x, y, (a, b) => a.div(b)),
            BinaryOperation.Power => Combine(operation, shape, x, y, (a, b) => a.pow(b)),
            BinaryOperation.Minimum => Combine(operation, shape, x, y, (a, b) => a.minimum(b)),
            BinaryOperation.Maximum => Combine(operation, shape, x, y, (a, b) => a.maximum(b)),
            BinaryOperation.Equal => Compare(operation, shape, x, y, (a, b) => a.eq(b)),
            BinaryOperation.Greater => Compare(operation, shape, x, y, (a, b) => a.gt(b)),
            BinaryOperation.GreaterOrEqual => Compare(operation, shape, x, y, (a, b) => a.ge(b)),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation."),
        };
    }

    /// <inheritdoc/>
    public Tensor Affine(Tensor x, double scale, double offset)
    {
        torch.Tensor value = Own(x).Value;
        return Make(nameof(Affine), x.Shape, () =>
        {
            using Scalar factor = scale;
            if (offset == 0)
            {
                return value.mul(factor);
            }

            using torch.Tensor start = torch.tensor((float)offset);
            return start.add(value, factor);
        });
    }

    /// <inheritdoc/>
    public Tensor Where(Tensor condition, Tensor x, Tensor y)
    {
        Shape shape = ShapeRules.Broadcast(nameof(Where), condition.Shape, ShapeRules.Broadcast(nameof(Where), x.Shape, y.Shape));
        (torch.Tensor choice, torch.Tensor first, torch.Tensor second) = (Own(condition).Value, Own(x).Value, Own(y).Value);
        return Make(nameof(Where), shape, () =>
        {
            using torch.Tensor chosen = choice.ne(Constants.Zero);
            return first.where(chosen, second);
        });
    }

    private TorchTensor Map(UnaryOperation operation, Tensor x, Func<torch.Tensor, torch.Tensor> function)
    {
        torch.Tensor value = Own(x).Value;
        return Make(operation.ToString(), x.Shape, () => function(value));
    }

    private TorchTensor Combine(
        BinaryOperation operation, Shape shape, Tensor x, Tensor y, Func<torch.Tensor, torch.Tensor, torch.Tensor> function)
    {
        (torch.Tensor first, torch.Tensor second) = (Own(x).Value, Own(y).Value);
        return Make(operation.ToString(), shape, () => function(first, second));
    }

    private TorchTensor Compare(
        BinaryOperation operation, Shape shape, Tensor x, Tensor y, Func<torch.Tensor, torch.Tensor, torch.Tensor> function) =>
        Combine(operation, shape, x, y, (first, second) =>
        {
            using torch.Tensor truth = function(first, second);
            return truth.to_type(torch.float32);
        });
}
