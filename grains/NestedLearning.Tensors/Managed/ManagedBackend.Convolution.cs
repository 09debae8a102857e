namespace NestedLearning.Tensors;

/// <content>Depthwise convolutions along time.</content>
public sealed partial class ManagedBackend
{
    /// <inheritdoc/>
    public Tensor Convolve(Tensor x, Tensor taps, bool anticausal)
    {
        ShapeRules.Convolve(x.Shape, taps.Shape);
        ManagedTensor result = Rent(x.Shape);
        RunRows(new ConvolutionWork(Own(x), Own(taps), anticausal, result), x.Shape, taps.Shape[0]);
        return result;
    }

    /// <inheritdoc/>
    public Tensor ConvolutionTaps(Tensor x, Tensor y, int count)
    {
        Shape shape = ShapeRules.ConvolutionTaps(x.Shape, y.Shape, count);
        ManagedTensor result = Rent(shape);
        result.Values.Clear();
        RangeWork.Run(new ConvolutionTapsWork(Own(x), Own(y), result), count, x.Shape.ElementCount, _threads);
        return result;
    }
}
