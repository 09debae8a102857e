using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Chooses the class whose mean key has the largest cosine with the key. Means are sums, so nothing is overwritten:
/// the plainest memory that does not depend on the order of tasks.
/// </summary>
/// <param name="features">The length of a key.</param>
public sealed class NearestClassMean(int features) : IContinualLearner
{
    private readonly LinearWeights _sums = new(features);
    private readonly List<double> _squaredNorms = [];
    private float[] _scores = [];

    /// <inheritdoc/>
    public string Name => "nearest-mean";

    /// <inheritdoc/>
    public int Predict(in SparseVector key)
    {
        Span<float> scores = Scratch.Take(ref _scores, _sums.Classes);
        _sums.Score(key, scores);
        int best = -1;
        double bestCosine = double.NegativeInfinity;
        for (int label = 0; label < scores.Length; label++)
        {
            // A class of empty keys, or a number not met yet, has the cosine 0.
            double cosine = _squaredNorms[label] > 0 ? scores[label] / Math.Sqrt(_squaredNorms[label]) : 0;
            if (cosine > bestCosine)
            {
                (best, bestCosine) = (label, cosine);
            }
        }

        return best;
    }

    /// <inheritdoc/>
    public void Learn(in SparseVector key, int label)
    {
        _sums.Grow(label + 1);
        while (_squaredNorms.Count < _sums.Classes)
        {
            _squaredNorms.Add(0);
        }

        ReadOnlySpan<float> values = key.Values.Span;
        for (int i = 0; i < values.Length; i++)
        {
            ref float sum = ref _sums.Row(key.Indices.Span[i])[label];
            double before = sum;
            sum += values[i];
            _squaredNorms[label] += ((double)sum * sum) - (before * before);
        }
    }

    /// <inheritdoc/>
    public void EndTask()
    {
    }
}
