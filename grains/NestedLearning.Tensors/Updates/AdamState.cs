namespace NestedLearning.Tensors;

/// <summary>Parameters and what AdamW remembers of their gradients, all of one shape.</summary>
/// <param name="Parameters">The parameters θ.</param>
/// <param name="First">The first moment m; 0 before the first step.</param>
/// <param name="Second">The second moment v; 0 before the first step.</param>
public readonly record struct AdamState(Tensor Parameters, Tensor First, Tensor Second);
