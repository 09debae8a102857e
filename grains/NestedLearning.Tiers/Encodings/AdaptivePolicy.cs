using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// Chooses for dense tensors by role and size: the first rule that fits decides, and without one the tensor is exact. What
/// is small costs little to send exactly and often matters most (gains, biases); what is large pays for coarse coding.
/// </summary>
/// <param name="rules">The rules for dense tensors, in the order in which they are tried.</param>
/// <param name="others">For all other tensors; exact when left out.</param>
public sealed class AdaptivePolicy(IReadOnlyList<EncodingRule> rules, EncodingPolicy? others = null) : IEncodingPolicy
{
    private readonly EncodingPolicy _others = others ?? EncodingPolicy.Lossless;

    /// <inheritdoc/>
    public EncodingChoice Choose(NamedTensor tensor) => tensor switch
    {
        DenseTensor dense => Choose(dense.Name, dense.Shape),
        LowRankTensor product => Choose(product.Name, product.Shape),
        _ => _others.Choose(tensor),
    };

    private EncodingChoice Choose(string name, IReadOnlyList<int> shape) =>
        rules.FirstOrDefault(rule => rule.Fits(name, shape))?.Choice ?? TensorEncoding.Float32;
}
