using System.Numerics;

namespace NestedLearning.Models;

/// <summary>
/// The quadratic penalty on one row of weights. Its pull is applied when the row is next needed, for all steps since at
/// once: without a gradient the distance to the anchor shrinks by <c>exp(−rate F)</c> per step. So a step costs
/// no more than the rows that its key touches, and no penalty is too stiff.
/// </summary>
/// <param name="width">The number of weights in the row, a multiple of every vector width.</param>
internal sealed class ElasticRow(int width)
{
    /// <summary>An exponent at which nothing is left of a distance, in float32, and no subnormal number arises.</summary>
    private const float Nothing = -30;

    private readonly float[] _fisher = new float[width];
    private readonly float[] _anchor = new float[width];
    private bool _hasAnchor;

    /// <summary>The step up to which the pull has been applied.</summary>
    public int PulledAt { get; set; }

    /// <summary>Pulls <paramref name="weights"/> towards the anchor for the steps up to <paramref name="step"/>.</summary>
    public void Pull(Span<float> weights, int step, float rate)
    {
        if (_hasAnchor && step > PulledAt)
        {
            var factor = new Vector<float>(-rate * (step - PulledAt));
            for (int i = 0; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                var anchor = new Vector<float>(_anchor, i);
                Vector<float> rest = Vector.Exp(Vector.Max(factor * new Vector<float>(_fisher, i), new Vector<float>(Nothing)));
                (anchor + ((new Vector<float>(weights[i..]) - anchor) * rest)).CopyTo(weights[i..]);
            }
        }

        PulledAt = step;
    }

    /// <summary>Adds <paramref name="factor"/> * <paramref name="gradient"/>² to the Fisher information.</summary>
    public void AddSquares(float factor, ReadOnlySpan<float> gradient)
    {
        for (int i = 0; i <= gradient.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var g = new Vector<float>(gradient[i..]);
            (new Vector<float>(_fisher, i) + (g * g * factor)).CopyTo(_fisher, i);
        }
    }

    /// <summary>Makes <paramref name="weights"/> the anchor.</summary>
    public void Anchor(ReadOnlySpan<float> weights)
    {
        weights.CopyTo(_anchor);
        _hasAnchor = true;
    }
}
