namespace NestedLearning.Tensors;

/// <summary>The softmax of every row, a round for each.</summary>
internal readonly struct SoftmaxWork(ManagedTensor x, ManagedTensor z) : IRangeWork
{
    public void Run(int start, int end)
    {
        int columns = x.Shape[^1];
        for (int row = start; row < end; row++)
        {
            Span<float> target = z.Values.Slice(row * columns, columns);
            x.Values.Slice(row * columns, columns).CopyTo(target);
            Softmax.Apply(target);
        }
    }
}

/// <summary>The logarithm of the softmax of every row, a round for each: <c>x - max x - log Σ exp(x - max x)</c>.</summary>
internal readonly struct LogSoftmaxWork(ManagedTensor x, ManagedTensor z) : IRangeWork
{
    public void Run(int start, int end)
    {
        int columns = x.Shape[^1];
        for (int row = start; row < end; row++)
        {
            ReadOnlySpan<float> source = x.Values.Slice(row * columns, columns);
            Span<float> target = z.Values.Slice(row * columns, columns);
            float largest = RowSum.Maximum(source);
            ElementLoop.Combine<SubtractKernel>(source, largest, target);
            ElementLoop.Map<ExpKernel>(target, target);
            float log = MathF.Log(RowSum.Of(target));
            ElementLoop.Combine<SubtractKernel>(source, largest, target);
            ElementLoop.Combine<SubtractKernel>(target, log, target);
        }
    }
}
