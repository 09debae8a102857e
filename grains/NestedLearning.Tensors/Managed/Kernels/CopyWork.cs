namespace NestedLearning.Tensors;

/// <summary>Copies elements that lie with other strides, a round for each run of the plan.</summary>
internal readonly struct CopyWork(LoopPlan plan, ManagedTensor x, ManagedTensor z) : IRangeWork
{
    public void Run(int start, int end)
    {
        for (int row = start; row < end;)
        {
            int count = plan.RowsTogether(row, end);
            RunTogether(x.Values[plan.Start(0, row)..], z.Values.Slice(row * plan.Columns, count * plan.Columns));
            row += count;
        }
    }

    private void RunTogether(ReadOnlySpan<float> source, Span<float> target)
    {
        (int columns, int step, int rowStep) = (plan.Columns, plan.Step(0), plan.RowStep(0));
        for (int i = 0, start = 0; i < target.Length; i += columns, start += rowStep)
        {
            Span<float> row = target.Slice(i, columns);
            if (step == 1)
            {
                source.Slice(start, columns).CopyTo(row);
            }
            else if (step == 0)
            {
                row.Fill(source[start]);
            }
            else
            {
                CopyStrided(source[start..], step, row);
            }
        }
    }

    private static void CopyStrided(ReadOnlySpan<float> source, int step, Span<float> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = source[i * step];
        }
    }
}
