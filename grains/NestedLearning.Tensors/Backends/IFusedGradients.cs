namespace NestedLearning.Tensors;

/// <summary>
/// Gradients that a backend computes in one operation each. Autodiff composes them from other operations on a backend
/// without this interface, and always where they will be differentiated again.
/// </summary>
public interface IFusedGradients
{
    /// <summary>
    /// The gradient of <see cref="UnaryOperation.Tanh"/>, <see cref="UnaryOperation.Sigmoid"/> or
    /// <see cref="UnaryOperation.Relu"/> from its result y.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is another function.</exception>
    Tensor ApplyGradient(UnaryOperation operation, Tensor y, Tensor gradient);

    /// <summary><c>y (g - Σ g y)</c> for the softmax y, with sums along the innermost axis.</summary>
    Tensor SoftmaxGradient(Tensor y, Tensor gradient);

    /// <summary>
    /// With the factor r of the norm y of x: <c>r (g - y Σ g y)</c> for the L2 norm; a mean in place of the sum for the RMS
    /// norm; for the layer norm also less the mean of g.
    /// </summary>
    Tensor NormalizeGradient(Normalization normalization, Tensor x, Tensor y, double epsilon, Tensor gradient);
}
