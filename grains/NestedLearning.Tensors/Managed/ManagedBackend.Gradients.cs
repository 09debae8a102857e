namespace NestedLearning.Tensors;

/// <content>Gradients in one pass over memory.</content>
public sealed partial class ManagedBackend : IFusedGradients
{
    /// <inheritdoc/>
    public Tensor ApplyGradient(UnaryOperation operation, Tensor y, Tensor gradient)
    {
        RequireSame(operation.ToString(), nameof(gradient), gradient.Shape, y.Shape);
        return operation switch
        {
            UnaryOperation.Tanh => Combine<TanhGradient>(y.Shape, gradient, y),
            UnaryOperation.Sigmoid => Combine<SigmoidGradient>(y.Shape, gradient, y),
            UnaryOperation.Relu => Combine<ReluGradient>(y.Shape, gradient, y),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Its gradient is not fused."),
        };
    }

    /// <inheritdoc/>
    public Tensor SoftmaxGradient(Tensor y, Tensor gradient)
    {
        ManagedTensor result = RentGradient(nameof(Softmax), y, gradient);
        RunRows(new SoftmaxGradientWork(Own(y), Own(gradient), result), y.Shape, 2);
        return result;
    }

    /// <inheritdoc/>
    public Tensor NormalizeGradient(Normalization normalization, Tensor x, Tensor y, double epsilon, Tensor gradient)
    {
        RequireSame(normalization.ToString(), nameof(x), x.Shape, y.Shape);
        ManagedTensor result = RentGradient(normalization.ToString(), y, gradient);
        RunRows(new NormalizationGradientWork(normalization, Own(x), Own(y), (float)epsilon, Own(gradient), result), y.Shape, 2);
        return result;
    }

    private ManagedTensor RentGradient(string operation, Tensor y, Tensor gradient)
    {
        ShapeRules.Rows(operation, y.Shape);
        RequireSame(operation, nameof(gradient), gradient.Shape, y.Shape);
        return Rent(y.Shape);
    }

    private static void RequireSame(string operation, string operand, Shape actual, Shape expected)
    {
        if (!actual.Equals(expected))
        {
            throw new ShapeException(operation, operand, actual.ToString(), expected.ToString());
        }
    }
}
