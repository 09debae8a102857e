namespace NestedLearning.Tensors;

/// <summary>Copies elements that lie with other strides, a round for each run of the plan.</summary>
internal readonly struct CopyWork(LoopPlan plan, ManagedTensor x, ManagedTensor z) : IRangeWork
{
    public void Run(int start, int end)
    {
        int step = plan.Step(0);
        for (int row = start; row < end; row++)
        {
            ReadOnlySpan<float> source = x.Values[plan.Start(0, row)..];
            Span<float> target = z.Values.Slice(row * plan.Columns, plan.Columns);
            if (step == 1)
            {
                source[..target.Length].CopyTo(target);
            }
            else if (step == 0)
            {
                target.Fill(source[0]);
            }
            else
            {
                CopyStrided(source, step, target);
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
