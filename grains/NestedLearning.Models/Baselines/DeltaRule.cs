using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The delta rule alone, without an exact memory under it: <c>W ← W + η (v − W k) kᵀ</c> with v one at the label and
/// zero at the other classes seen so far. It is SGD on the L2 objective (Nested Learning, Eq. 57, without its decay).
/// </summary>
/// <param name="features">The length of a key.</param>
/// <param name="rate">The learning rate η; the default is the best found on CLINC150.</param>
public sealed class DeltaRule(int features, float rate = DeltaRule.DefaultRate) : IContinualLearner
{
    /// <summary>The best learning rate found on CLINC150.</summary>
    public const float DefaultRate = 0.03f;

    private float[] _scores = [];

    /// <inheritdoc/>
    public string Name => "delta";

    internal LinearWeights Weights { get; } = new(features);

    /// <inheritdoc/>
    public int Predict(in SparseVector key) => Weights.Best(key, ref _scores);

    /// <inheritdoc/>
    public void Learn(in SparseVector key, int label)
    {
        Weights.Grow(label + 1);
        Span<float> errors = Scratch.Take(ref _scores, Weights.Classes);
        Weights.Score(key, errors);
        errors[label] -= 1;
        Weights.Add(-rate, key, errors);
    }

    /// <inheritdoc/>
    public void EndTask()
    {
    }
}
