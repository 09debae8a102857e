namespace NestedLearning.Tensors;

/// <summary>What a delta scan gives. The caller owns each tensor.</summary>
/// <param name="Reads">What each token reads, [..., time, values].</param>
/// <param name="State">The memories after the last token, [..., keys, values].</param>
/// <param name="Kept">What the backend keeps to compute gradients from; none where it keeps nothing.</param>
public readonly record struct DeltaScanResult(Tensor Reads, Tensor State, Tensor? Kept);
