using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A linear support vector machine on all data at once: one against the rest, L2-regularised squared hinge loss, by
/// dual coordinate descent (Hsieh et al., <i>A Dual Coordinate Descent Method for Large-scale Linear SVM</i>, ICML
/// 2008, Algorithm 1). All classes take their step on an example together; they don't touch each other's weights.
/// </summary>
/// <param name="features">The length of a key.</param>
/// <param name="seed">Fixes the order of the examples in each pass.</param>
/// <param name="cost">The weight C of the loss against the regulariser, above 0.</param>
/// <param name="maxPasses">The largest number of passes over the examples.</param>
public sealed class JointLinear(
    int features, int seed, float cost = JointLinear.DefaultCost, int maxPasses = JointLinear.DefaultMaxPasses) : IJointLearner
{
    /// <summary>The best C found on CLINC150.</summary>
    public const float DefaultCost = 1f;

    /// <summary>Passes after which the accuracy on CLINC150 changes by no more than 0.1 points.</summary>
    public const int DefaultMaxPasses = 20;

    private float[] _scores = [];

    /// <inheritdoc/>
    public string Name => "joint-linear";

    internal LinearWeights Weights { get; } = new(features);

    /// <inheritdoc/>
    public void Fit(IReadOnlyList<KeyedExample> examples, int classes, CancellationToken cancellationToken = default)
    {
        Weights.Grow(classes);
        var multipliers = new Matrix(examples.Count, classes);
        int[] order = [.. Enumerable.Range(0, examples.Count)];
        var random = new Random(seed);
        for (int pass = 0; pass < maxPasses; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            random.Shuffle(order);
            foreach (int i in order)
            {
                Step(examples[i], multipliers.Row(i));
            }
        }
    }

    /// <inheritdoc/>
    public int Predict(in SparseVector key) => Weights.Best(key, ref _scores);

    /// <summary>The exact minimiser along the example's coordinate of each class's dual; multipliers are [classes].</summary>
    private void Step(KeyedExample example, Span<float> multipliers)
    {
        float diagonal = 0.5f / cost;
        float curvature = Vectors.SumOfSquares(example.Key.Values.Span) + diagonal;
        Span<float> scores = Scratch.Take(ref _scores, multipliers.Length);
        Weights.Score(example.Key, scores);
        bool changed = false;
        for (int label = 0; label < scores.Length; label++)
        {
            float side = label == example.Label ? 1 : -1;
            float gradient = (side * scores[label]) - 1 + (diagonal * multipliers[label]);
            float next = Math.Max(multipliers[label] - (gradient / curvature), 0);
            scores[label] = side * (next - multipliers[label]);
            changed |= next != multipliers[label];
            multipliers[label] = next;
        }

        if (changed)
        {
            Weights.Add(1, example.Key, scores);
        }
    }
}
