namespace NestedLearning.Tensors;

/// <content>Reductions.</content>
public sealed partial class ManagedBackend
{
    /// <inheritdoc/>
    /// <remarks>Axes that lie side by side are reduced together, others one after another.</remarks>
    public Tensor Reduce(Reduction reduction, Tensor x, ReadOnlySpan<int> axes)
    {
        (Shape shape, int[] sorted) = ShapeRules.Reduce(reduction, x.Shape, axes);
        ManagedTensor current = Own(x).Share(0, x.Shape);
        for (int end = sorted.Length; end > 0;)
        {
            int start = end - 1;
            while (start > 0 && sorted[start - 1] == sorted[start] - 1)
            {
                start--;
            }

            ManagedTensor reduced = ReduceBlock(reduction, current, sorted[start], sorted[end - 1] + 1);
            current.Dispose();
            current = reduced;
            end = start;
        }

        ManagedTensor result = current.Share(0, shape);
        current.Dispose();
        return result;
    }

    /// <summary>Reduces over the neighbouring axes [first, last).</summary>
    private ManagedTensor ReduceBlock(Reduction reduction, ManagedTensor x, int first, int last)
    {
        int[] dimensions = x.Shape.Dimensions.ToArray();
        Array.Fill(dimensions, 1, first, last - first);
        ManagedTensor result = Rent(Shape.Create(dimensions));
        if (result.Shape.ElementCount == 0)
        {
            return result;
        }

        int count = Shape.Create(x.Shape.Dimensions[first..last]).ElementCount;
        int inner = Shape.Create(x.Shape.Dimensions[last..]).ElementCount;
        int outer = result.Shape.ElementCount / inner;
        var work = new ReductionWork(reduction, x, count, inner, result);
        RangeWork.Run(work, outer, (long)count * inner, _threads);
        return result;
    }
}
