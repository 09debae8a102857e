using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Momentum, <c>m ← μ m + g</c>. Heavy ball steps along m (Nested Learning, Eq. 33, with η taken out of m); Nesterov along
/// <c>g + μ m</c>, as in DiLoCo (arXiv 2311.08105, Algorithm 1).
/// </summary>
internal sealed class MomentumOptimiser(OuterSettings settings, int length) : IOuterOptimiser
{
    private const string Moment = "moment/";

    private float[] _moment = new float[length];

    public void Step(ReadOnlySpan<float> direction, Span<float> parameters)
    {
        Vectors.Blend(settings.Momentum, _moment, 1, direction);
        if (settings.Rule == OuterRule.Nesterov)
        {
            Vectors.Axpy(-settings.LearningRate, direction, parameters);
            Vectors.Axpy(-settings.LearningRate * settings.Momentum, _moment, parameters);
        }
        else
        {
            Vectors.Axpy(-settings.LearningRate, _moment, parameters);
        }
    }

    public void Save(TensorSet state, DenseLayout layout) => layout.Append(state, Moment, _moment);

    public void Load(TensorSet state, DenseLayout layout) => _moment = layout.Gather(state, Moment);
}
