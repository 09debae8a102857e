using System.Numerics;

namespace NestedLearning.Tensors;

/// <summary><c>z = kernel(x)</c>, a round for each element.</summary>
internal readonly struct UnaryWork<TKernel>(ManagedTensor x, ManagedTensor z) : IRangeWork
    where TKernel : struct, IUnaryKernel
{
    public void Run(int start, int end) => ElementLoop.Map<TKernel>(x.Values[start..end], z.Values[start..end]);
}

/// <summary><c>z = kernel(x, y)</c> for equal shapes, a round for each element.</summary>
internal readonly struct BinaryWork<TKernel>(ManagedTensor x, ManagedTensor y, ManagedTensor z) : IRangeWork
    where TKernel : struct, IBinaryKernel
{
    public void Run(int start, int end) =>
        ElementLoop.Combine<TKernel>(x.Values[start..end], y.Values[start..end], z.Values[start..end]);
}

/// <summary><c>z = kernel(x, y)</c> with broadcasting, a round for each run of the plan.</summary>
internal readonly struct BroadcastWork<TKernel>(LoopPlan plan, ManagedTensor x, ManagedTensor y, ManagedTensor z) : IRangeWork
    where TKernel : struct, IBinaryKernel
{
    public void Run(int start, int end)
    {
        for (int row = start; row < end;)
        {
            int count = plan.RowsTogether(row, end);
            RunTogether(x.Values[plan.Start(0, row)..], y.Values[plan.Start(1, row)..], z.Values.Slice(row * plan.Columns, count * plan.Columns));
            row += count;
        }
    }

    private void RunTogether(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> target)
    {
        (int columns, int leftStep, int rightStep) = (plan.Columns, plan.RowStep(0), plan.RowStep(1));
        (bool oneLeft, bool oneRight) = (plan.Step(0) == 0, plan.Step(1) == 0);
        for (int i = 0, l = 0, r = 0; i < target.Length; i += columns, l += leftStep, r += rightStep)
        {
            Span<float> row = target.Slice(i, columns);
            if (oneLeft)
            {
                ElementLoop.Combine<TKernel>(left[l], right[r..], row);
            }
            else if (oneRight)
            {
                ElementLoop.Combine<TKernel>(left[l..], right[r], row);
            }
            else
            {
                ElementLoop.Combine<TKernel>(left[l..], right[r..], row);
            }
        }
    }
}

/// <summary><c>z = scale x + offset</c>, a round for each element.</summary>
internal readonly struct AffineWork(ManagedTensor x, float scale, float offset, ManagedTensor z) : IRangeWork
{
    public void Run(int start, int end)
    {
        ReadOnlySpan<float> source = x.Values[start..end];
        Span<float> target = z.Values[start..end];
        var factor = new Vector<float>(scale);
        var shift = new Vector<float>(offset);
        int i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.MultiplyAddEstimate(new Vector<float>(source[i..]), factor, shift).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = float.MultiplyAddEstimate(source[i], scale, offset);
        }
    }
}

/// <summary><c>z = condition ? x : y</c> for equal shapes, a round for each element.</summary>
internal readonly struct WhereWork(ManagedTensor condition, ManagedTensor x, ManagedTensor y, ManagedTensor z) : IRangeWork
{
    public void Run(int start, int end)
    {
        ReadOnlySpan<float> choices = condition.Values[start..end];
        ReadOnlySpan<float> left = x.Values[start..end];
        ReadOnlySpan<float> right = y.Values[start..end];
        Span<float> target = z.Values[start..end];
        int i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var refused = Vector.Equals(new Vector<float>(choices[i..]), default);
            Vector.ConditionalSelect(refused, new Vector<float>(right[i..]), new Vector<float>(left[i..])).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = choices[i] != 0 ? left[i] : right[i];
        }
    }
}
