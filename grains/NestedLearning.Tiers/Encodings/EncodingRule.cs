namespace NestedLearning.Tiers;

/// <summary>One line of an <see cref="AdaptivePolicy"/>: an encoding and the dense tensors that it is for.</summary>
/// <param name="Encoding">The encoding.</param>
/// <param name="Kept">What a selective encoding keeps, as in <see cref="EncodingChoice"/>.</param>
/// <param name="MinElements">The fewest elements of a tensor that the rule is for.</param>
/// <param name="Role">The last part of a tensor's name (after its last '/'), or null for any.</param>
public sealed record EncodingRule(TensorEncoding Encoding, int Kept = 0, int MinElements = 0, string? Role = null)
{
    internal EncodingChoice Choice => new(Encoding, Kept);

    /// <summary>Whether the rule is for a tensor of this name and shape. One of low rank is only for matrices that it shortens.</summary>
    internal bool Fits(string name, IReadOnlyList<int> shape)
    {
        long elements = ShapeRule.Elements([.. shape]);
        return elements >= MinElements
            && (Role is null || name[(name.LastIndexOf('/') + 1)..] == Role)
            && (!Choice.IsLowRank || Shortens(shape, elements));
    }

    private bool Shortens(IReadOnlyList<int> shape, long elements)
    {
        long rows = shape.Count > 1 ? shape[0] : 0;
        return rows > 0 && elements > 0 && Kept * (rows + (elements / rows)) < elements;
    }
}
