namespace NestedLearning.Tensors;

/// <content>Softmax and norms, along the innermost axis.</content>
public sealed partial class ManagedBackend
{
    private const int ExponentialCost = 4;

    /// <inheritdoc/>
    public Tensor Softmax(Tensor x)
    {
        ShapeRules.Rows(nameof(Softmax), x.Shape);
        ManagedTensor result = Rent(x.Shape);
        RunRows(new SoftmaxWork(Own(x), result), x.Shape, ExponentialCost);
        return result;
    }

    /// <inheritdoc/>
    public Tensor LogSoftmax(Tensor x)
    {
        ShapeRules.Rows(nameof(LogSoftmax), x.Shape);
        ManagedTensor result = Rent(x.Shape);
        RunRows(new LogSoftmaxWork(Own(x), result), x.Shape, ExponentialCost);
        return result;
    }

    /// <inheritdoc/>
    public Tensor Normalize(Normalization normalization, Tensor x, double epsilon)
    {
        ShapeRules.Rows(normalization.ToString(), x.Shape);
        ManagedTensor result = Rent(x.Shape);
        RunRows(new NormalizationWork(normalization, Own(x), (float)epsilon, result), x.Shape, 1);
        return result;
    }

    /// <summary>A round for each vector along the innermost axis.</summary>
    private void RunRows<TWork>(TWork work, Shape shape, int cost)
        where TWork : struct, IRangeWork
    {
        if (shape.ElementCount > 0)
        {
            RangeWork.Run(work, shape.ElementCount / shape[^1], (long)shape[^1] * cost, _threads);
        }
    }
}
