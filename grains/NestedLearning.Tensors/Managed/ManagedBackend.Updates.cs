namespace NestedLearning.Tensors;

/// <content>Updates, which happen in the operand's own memory where nobody shares it, without allocating on one thread.</content>
public sealed partial class ManagedBackend
{
    /// <inheritdoc/>
    public Tensor Blend(Tensor x, double keep, Tensor y, double scale)
    {
        ShapeRules.Same(nameof(Blend), nameof(y), y.Shape, x.Shape);
        ManagedTensor addend = Own(y);
        ManagedTensor result = Claim(Own(x));
        RangeWork.Run(new BlendWork(result, (float)keep, addend, (float)scale), x.Shape.ElementCount, 1, _threads);
        return result;
    }

    /// <inheritdoc/>
    public AdamState Adam(in AdamStep step, AdamState state, Tensor gradient)
    {
        ShapeRules.Adam(state, gradient);
        (ManagedTensor parameters, ManagedTensor first, ManagedTensor second) = (Own(state.Parameters), Own(state.First), Own(state.Second));
        var work = new AdamWork(step, Own(gradient), Claim(parameters), Claim(first), Claim(second));
        RangeWork.Run(work, gradient.Shape.ElementCount, 1, _threads);
        return work.State;
    }

    /// <inheritdoc/>
    public double SumOfSquares(Tensor x) => RowSum.OfSquares(Own(x).Values);

    /// <summary>The tensor itself when nobody shares its memory, else a copy in its place.</summary>
    private ManagedTensor Claim(ManagedTensor x)
    {
        if (!x.IsShared)
        {
            return x;
        }

        ManagedTensor copy = Rent(x.Shape);
        x.Values.CopyTo(copy.Values);
        x.Dispose();
        return copy;
    }
}
