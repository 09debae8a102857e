using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>The gradient of one parameter, and for a linear layer what it was asked.</summary>
/// <param name="Value">The gradient, of the parameter's shape: the mean over the batch.</param>
/// <param name="Inputs">
/// For weights W [in, out] of <c>y = x W</c>: the inputs x [..., in] that the gradient was computed from. Delta gradient descent reads
/// them (Nested Learning, Eq. 57), the other rules do not.
/// </param>
public readonly record struct Gradient(Tensor Value, Tensor? Inputs = null);
