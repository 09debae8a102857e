using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The rule by which a shared level steps, once a fold, and what it remembers from fold to fold. It knows folds, not time: the same
/// directions give the same parameters to the bit. Not safe for concurrent use.
/// </summary>
public interface IOuterOptimiser
{
    /// <summary>Takes one step.</summary>
    /// <param name="direction">The gradient, or for deltas their negative mean, [n].</param>
    /// <param name="parameters">The parameters, [n]; changed in place.</param>
    void Step(ReadOnlySpan<float> direction, Span<float> parameters);

    /// <summary>Appends what it remembers, in the parameters' layout.</summary>
    void Save(TensorSet state, DenseLayout layout);

    /// <summary>Takes up what <see cref="Save"/> appended.</summary>
    void Load(TensorSet state, DenseLayout layout);
}
