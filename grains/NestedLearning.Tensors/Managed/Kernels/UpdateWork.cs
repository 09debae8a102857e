namespace NestedLearning.Tensors;

/// <summary><c>x = keep x + scale y</c>, a round for each element.</summary>
internal readonly struct BlendWork(ManagedTensor x, float keep, ManagedTensor y, float scale) : IRangeWork
{
    public void Run(int start, int end) => Vectors.Blend(keep, x.Values[start..end], scale, y.Values[start..end]);
}

/// <summary>A step of AdamW, a round for each element.</summary>
internal readonly struct AdamWork(
    AdamStep step, ManagedTensor gradient, ManagedTensor parameters, ManagedTensor first, ManagedTensor second) : IRangeWork
{
    public AdamState State => new(parameters, first, second);

    public void Run(int start, int end) => Vectors.Adam(
        step, parameters.Values[start..end], first.Values[start..end], second.Values[start..end], gradient.Values[start..end]);
}
