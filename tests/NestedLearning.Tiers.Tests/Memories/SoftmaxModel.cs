using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Memories;

/// <summary>Sums the gradient of the cross-entropy over a period, at the weights of the adopted version. Labels are numbers.</summary>
internal sealed class SoftmaxModel(SoftmaxSpec spec) : INestedModel
{
    private const string PendingCount = "pending";

    private ReadOnlyMemory<float> _weights = new float[spec.Features * spec.Classes];
    private float[] _gradient = new float[spec.Features * spec.Classes];
    private long _pending;

    public IReadOnlyList<LevelSpec> Levels => spec.Levels;

    public long PrivateBytes => sizeof(float) * _gradient.Length;

    public Prediction Predict(ModelInput input)
    {
        float[] scores = Scores(((FeatureInput)input).Features);
        int best = Vectors.ArgMax(scores);
        return new Prediction($"{best}", scores[best]);
    }

    public Prediction Step(ModelInput input, string label)
    {
        SparseVector key = ((FeatureInput)input).Features;
        float[] surprise = Scores(key);
        int best = Vectors.ArgMax(surprise);
        Prediction prediction = new($"{best}", surprise[best]);
        Softmax.Apply(surprise);
        surprise[int.Parse(label)] -= 1;
        for (int i = 0; i < key.Count; i++)
        {
            Vectors.Axpy(key.Values.Span[i], surprise, _gradient.AsSpan(key.Indices.Span[i] * spec.Classes, spec.Classes));
        }

        _pending++;
        return prediction;
    }

    public long Pending(LevelId level) => _pending;

    public Contribution Drain(LevelId level, long sequence)
    {
        Contribution update = new(_pending, [Whole(_gradient)]);
        _gradient = new float[_gradient.Length];
        _pending = 0;
        return update;
    }

    public void Adopt(LevelId level, LevelVersion version, long foldedThrough) =>
        _weights = version.Tensors.Get<DenseTensor>(SoftmaxSpec.Weights).Values;

    public TensorSet Save() => [Whole(_gradient), new IntegerTensor(PendingCount, new[] { _pending })];

    public void Load(TensorSet state)
    {
        _gradient = state.Get<DenseTensor>(SoftmaxSpec.Weights).Values.ToArray();
        _pending = state.Get<IntegerTensor>(PendingCount).Values.Span[0];
    }

    private float[] Scores(SparseVector key)
    {
        float[] scores = new float[spec.Classes];
        for (int i = 0; i < key.Count; i++)
        {
            Vectors.Axpy(key.Values.Span[i], _weights.Span.Slice(key.Indices.Span[i] * spec.Classes, spec.Classes), scores);
        }

        return scores;
    }

    private DenseTensor Whole(float[] values) => new(SoftmaxSpec.Weights, [spec.Features, spec.Classes], values);
}
