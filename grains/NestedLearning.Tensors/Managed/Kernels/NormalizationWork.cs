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
            Span<float> target = z.Values.Slice(row * columns, columns);
            x.Values.Slice(row * columns, columns).CopyTo(target);
            if (normalization == Normalization.Layer)
            {
                ElementLoop.Combine<SubtractKernel>(target, RowSum.Of(target) / columns, target);
            }

            float squares = Vectors.SumOfSquares(target);
            float power = normalization == Normalization.Unit ? squares : squares / columns;
            Vectors.Scale(1 / MathF.Sqrt(power + epsilon), target);
        }
    }
}
