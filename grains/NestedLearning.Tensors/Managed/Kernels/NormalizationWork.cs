namespace NestedLearning.Tensors;

/// <summary>Brings every row to one scale, a round for each.</summary>
internal readonly struct NormalizationWork(Normalization normalization, ManagedTensor x, float epsilon, ManagedTensor z)
    : IRangeWork
{
    public void Run(int start, int end)
    {
        int columns = x.Shape[^1];
        for (int row = start; row < end; row++)
        {
            ReadOnlySpan<float> source = x.Values.Slice(row * columns, columns);
            Span<float> target = z.Values.Slice(row * columns, columns);
            if (normalization == Normalization.Layer)
            {
                ElementLoop.Combine<SubtractKernel>(source, RowSum.Of(source) / columns, target);
                source = target;
            }

            float squares = Vectors.SumOfSquares(source);
            float power = normalization == Normalization.Unit ? squares : squares / columns;
            ElementLoop.Combine<MultiplyKernel>(source, 1 / MathF.Sqrt(power + epsilon), target);
        }
    }
}
