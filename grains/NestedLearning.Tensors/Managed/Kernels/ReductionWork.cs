namespace NestedLearning.Tensors;

/// <summary>
/// The reduction of <c>x [outer, count, inner]</c> over its middle axis, a round for each outer index. Sums over more than
/// <see cref="BlockLength"/> elements are sums of blocks, so the rounding error does not grow with the length.
/// </summary>
internal readonly struct ReductionWork(Reduction reduction, ManagedTensor x, int count, int inner, ManagedTensor z) : IRangeWork
{
    private const int BlockLength = 1024;

    public void Run(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            ReadOnlySpan<float> source = x.Values.Slice(i * count * inner, count * inner);
            Span<float> target = z.Values.Slice(i * inner, inner);
            if (reduction == Reduction.Max)
            {
                Maximum(source, target);
            }
            else
            {
                Sum(source, target);
                Vectors.Scale(reduction == Reduction.Mean ? 1f / count : 1, target);
            }
        }
    }

    private static void Sum(ReadOnlySpan<float> source, Span<float> target)
    {
        if (target.Length == 1)
        {
            target[0] = RowSum.Of(source);
            return;
        }

        target.Clear();
        Span<float> block = new float[source.Length > BlockLength * target.Length ? target.Length : 0];
        for (int start = 0; start < source.Length; start += BlockLength * target.Length)
        {
            ReadOnlySpan<float> part = source[start..Math.Min(source.Length, start + (BlockLength * target.Length))];
            if (block.IsEmpty)
            {
                AddRows(part, target);
                continue;
            }

            block.Clear();
            AddRows(part, block);
            ElementLoop.Combine<AddKernel>(target, block, target);
        }
    }

    private static void AddRows(ReadOnlySpan<float> rows, Span<float> target)
    {
        for (int start = 0; start < rows.Length; start += target.Length)
        {
            ElementLoop.Combine<AddKernel>(target, rows.Slice(start, target.Length), target);
        }
    }

    private static void Maximum(ReadOnlySpan<float> source, Span<float> target)
    {
        if (target.Length == 1)
        {
            target[0] = RowSum.Maximum(source);
            return;
        }

        source[..target.Length].CopyTo(target);
        for (int start = target.Length; start < source.Length; start += target.Length)
        {
            ElementLoop.Combine<MaximumKernel>(target, source.Slice(start, target.Length), target);
        }
    }
}
