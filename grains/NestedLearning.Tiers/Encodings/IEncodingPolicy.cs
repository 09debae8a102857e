using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>Chooses the encoding of every tensor of a frame that is written; readers need none.</summary>
public interface IEncodingPolicy
{
    /// <summary>The encoding for this tensor; it must be one of the tensor's kind.</summary>
    EncodingChoice Choose(NamedTensor tensor);
}
