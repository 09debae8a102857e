using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Ridge regression on all data at once, in float64 from end to end: <c>W = (A + λI)⁻¹ Bᵀ</c> with
/// <c>A = Σ k kᵀ</c>, <c>B = Σ v kᵀ</c> and v one at the label, zero elsewhere. What the exact memory has to equal.
/// </summary>
/// <param name="features">The length D of a key; the fit needs 8 D² bytes and D³/3 multiply-adds.</param>
/// <param name="ridge">λ, above 0.</param>
public sealed class JointRidge(int features, double ridge = JointRidge.DefaultRidge) : IJointLearner
{
    /// <summary>The λ of the method.</summary>
    public const double DefaultRidge = 0.1;

    private float[] _scores = [];

    /// <inheritdoc/>
    public string Name => "joint-ridge";

    internal LinearWeights Weights { get; } = new(features);

    /// <inheritdoc/>
    public void Fit(IReadOnlyList<KeyedExample> examples, int classes, CancellationToken cancellationToken = default)
    {
        double[] a = new double[checked(features * features)];
        double[] b = new double[checked(features * classes)];
        foreach (KeyedExample example in examples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Accumulate(example, classes, a, b);
        }

        for (int i = 0; i < features; i++)
        {
            a[(i * features) + i] += ridge;
        }

        Float64.CholeskyFactor(a, features);
        cancellationToken.ThrowIfCancellationRequested();
        Float64.CholeskySolve(a, b, features, classes);
        Weights.Grow(classes);
        for (int feature = 0; feature < features; feature++)
        {
            Span<float> row = Weights.Row(feature);
            for (int label = 0; label < classes; label++)
            {
                row[label] = (float)b[(feature * classes) + label];
            }
        }
    }

    /// <inheritdoc/>
    public int Predict(in SparseVector key) => Weights.Best(key, ref _scores);

    /// <summary>Adds one example to the lower triangle of A [D, D] and to the transpose of B, [D, classes].</summary>
    private void Accumulate(KeyedExample example, int classes, double[] a, double[] b)
    {
        ReadOnlySpan<ushort> indices = example.Key.Indices.Span;
        ReadOnlySpan<float> values = example.Key.Values.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            b[(indices[i] * classes) + example.Label] += values[i];
            Span<double> row = a.AsSpan(indices[i] * features, features);
            for (int j = 0; j <= i; j++)
            {
                row[indices[j]] += (double)values[i] * values[j];
            }
        }
    }
}
