using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Memories;

/// <summary>Folds the mean gradient of a round with momentum.</summary>
internal sealed class SoftmaxLevel(SoftmaxSpec spec) : ISharedLevel
{
    private const string Velocity = "velocity";
    private const string EventCount = "events";
    private const float Momentum = 0.9f;

    private float[] _weights = new float[spec.Features * spec.Classes];
    private float[] _velocity = new float[spec.Features * spec.Classes];

    public LevelSpec Spec => spec.Levels[0];

    public long Events { get; private set; }

    public long StateBytes => 2L * sizeof(float) * _weights.Length;

    public void Check(Contribution contribution)
    {
        if (contribution.Tensors.Get<DenseTensor>(SoftmaxSpec.Gradient).Values.Length != _weights.Length)
        {
            throw new InvalidContributionException(SoftmaxSpec.Gradient, "has another size", $"{_weights.Length}");
        }
    }

    public void Absorb(IReadOnlyList<Contribution> round)
    {
        long events = round.Sum(contribution => contribution.Events);
        Events += events;
        Vectors.Scale(Momentum, _velocity);
        foreach (Contribution contribution in round)
        {
            Vectors.Axpy(1f / events, contribution.Tensors.Get<DenseTensor>(SoftmaxSpec.Gradient).Values.Span, _velocity);
        }

        Vectors.Axpy(-spec.Rate, _velocity, _weights);
    }

    public TensorSet Solve() => [new DenseTensor(SoftmaxSpec.Weights, [spec.Features, spec.Classes], _weights.ToArray())];

    public TensorSet Save() => [.. Solve(), new DenseTensor(Velocity, [_velocity.Length], _velocity.ToArray()), new IntegerTensor(EventCount, new[] { Events })];

    public void Load(TensorSet state)
    {
        _weights = state.Get<DenseTensor>(SoftmaxSpec.Weights).Values.ToArray();
        _velocity = state.Get<DenseTensor>(Velocity).Values.ToArray();
        Events = state.Get<IntegerTensor>(EventCount).Values.Span[0];
    }
}
