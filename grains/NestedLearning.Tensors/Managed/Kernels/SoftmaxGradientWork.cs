namespace NestedLearning.Tensors;

/// <summary>The gradient of the softmax of every row, a round for each: <c>y (g - Σ g y)</c>.</summary>
internal readonly struct SoftmaxGradientWork(ManagedTensor y, ManagedTensor gradient, ManagedTensor z) : IRangeWork
{
    public void Run(int start, int end)
    {
        int columns = y.Shape[^1];
        for (int row = start; row < end; row++)
        {
            ReadOnlySpan<float> g = gradient.Values.Slice(row * columns, columns);
            ReadOnlySpan<float> result = y.Values.Slice(row * columns, columns);
            Span<float> target = z.Values.Slice(row * columns, columns);
            ElementLoop.Combine<SubtractKernel>(g, Vectors.Dot(g, result), target);
            ElementLoop.Combine<MultiplyKernel>(result, target, target);
        }
    }
}
