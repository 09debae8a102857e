namespace NestedLearning.Tensors;

/// <content>Functions of elements.</content>
public sealed partial class ManagedBackend
{
    /// <inheritdoc/>
    public Tensor Apply(UnaryOperation operation, Tensor x) => operation switch
    {
        UnaryOperation.Exp => Map<ExpKernel>(x),
        UnaryOperation.Log => Map<LogKernel>(x),
        UnaryOperation.SquareRoot => Map<SquareRootKernel>(x),
        UnaryOperation.Tanh => Map<TanhKernel>(x),
        UnaryOperation.Abs => Map<AbsKernel>(x),
        UnaryOperation.Sign => Map<SignKernel>(x),
        UnaryOperation.Sigmoid => Map<SigmoidKernel>(x),
        UnaryOperation.Softplus => Map<SoftplusKernel>(x),
        UnaryOperation.Relu => Map<ReluKernel>(x),
        UnaryOperation.Silu => Map<SiluKernel>(x),
        UnaryOperation.SiluSlope => Map<SiluSlopeKernel>(x),
        UnaryOperation.Gelu => Map<GeluKernel>(x),
        UnaryOperation.GeluSlope => Map<GeluSlopeKernel>(x),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation."),
    };

    /// <inheritdoc/>
    public Tensor Apply(BinaryOperation operation, Tensor x, Tensor y)
    {
        Shape shape = ShapeRules.Broadcast(operation.ToString(), x.Shape, y.Shape);
        return operation switch
        {
            BinaryOperation.Add => Combine<AddKernel>(shape, x, y),
            BinaryOperation.Subtract => Combine<SubtractKernel>(shape, x, y),
            BinaryOperation.Multiply => Combine<MultiplyKernel>(shape, x, y),
            BinaryOperation.Divide => Combine<DivideKernel>(shape, x, y),
            BinaryOperation.Power => Combine<PowerKernel>(shape, x, y),
            BinaryOperation.Minimum => Combine<MinimumKernel>(shape, x, y),
            BinaryOperation.Maximum => Combine<MaximumKernel>(shape, x, y),
            BinaryOperation.Equal => Combine<EqualKernel>(shape, x, y),
            BinaryOperation.Greater => Combine<GreaterKernel>(shape, x, y),
            BinaryOperation.GreaterOrEqual => Combine<GreaterOrEqualKernel>(shape, x, y),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation."),
        };
    }

    /// <inheritdoc/>
    public Tensor Affine(Tensor x, double scale, double offset)
    {
        ManagedTensor result = Rent(x.Shape);
        RangeWork.Run(new AffineWork(Own(x), (float)scale, (float)offset, result), x.Shape.ElementCount, 1, _threads);
        return result;
    }

    /// <inheritdoc/>
    public Tensor Where(Tensor condition, Tensor x, Tensor y)
    {
        Shape shape = ShapeRules.Broadcast(nameof(Where), condition.Shape, ShapeRules.Broadcast(nameof(Where), x.Shape, y.Shape));
        using Tensor wideCondition = Broadcast(condition, shape);
        using Tensor wideX = Broadcast(x, shape);
        using Tensor wideY = Broadcast(y, shape);
        ManagedTensor result = Rent(shape);
        var work = new WhereWork(Own(wideCondition), Own(wideX), Own(wideY), result);
        RangeWork.Run(work, shape.ElementCount, 1, _threads);
        return result;
    }

    private ManagedTensor Map<TKernel>(Tensor x)
        where TKernel : struct, IUnaryKernel
    {
        ManagedTensor result = Rent(x.Shape);
        RangeWork.Run(new UnaryWork<TKernel>(Own(x), result), x.Shape.ElementCount, 4, _threads);
        return result;
    }

    private ManagedTensor Combine<TKernel>(Shape shape, Tensor x, Tensor y)
        where TKernel : struct, IBinaryKernel
    {
        ManagedTensor result = Rent(shape);
        if (x.Shape.Equals(y.Shape))
        {
            RangeWork.Run(new BinaryWork<TKernel>(Own(x), Own(y), result), shape.ElementCount, 1, _threads);
            return result;
        }

        var plan = new LoopPlan(shape, LoopPlan.BroadcastStrides(x.Shape, shape), LoopPlan.BroadcastStrides(y.Shape, shape));
        RangeWork.Run(new BroadcastWork<TKernel>(plan, Own(x), Own(y), result), plan.Rows, plan.Columns, _threads);
        return result;
    }
}
