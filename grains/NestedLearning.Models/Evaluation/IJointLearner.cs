using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A classifier that sees all training examples at once, as often as it likes: what a stream's learner is compared with
/// from above. It has no stream, hence no forgetting.
/// </summary>
public interface IJointLearner
{
    /// <summary>The name under which its figures are reported.</summary>
    string Name { get; }

    /// <summary>Learns <paramref name="examples"/>, whose labels are below <paramref name="classes"/>.</summary>
    void Fit(IReadOnlyList<KeyedExample> examples, int classes, CancellationToken cancellationToken = default);

    /// <summary>The best class; only after <see cref="Fit"/>.</summary>
    int Predict(in SparseVector key);
}
