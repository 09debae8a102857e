using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>AdamW by <see cref="AdamStep"/>, where t counts folds; with weight decay for all parameters alike.</summary>
internal sealed class AdamWOptimiser(OuterSettings settings, int length) : IOuterOptimiser
{
    private const string First = "first/";
    private const string Second = "second/";
    private const string StepCount = "steps";

    private float[] _first = new float[length];
    private float[] _second = new float[length];
    private long _steps;

    public void Step(ReadOnlySpan<float> direction, Span<float> parameters)
    {
        _steps++;
        AdamStep step = AdamStep.At(_steps, settings.LearningRate, settings.Momentum, settings.SecondMoment, settings.Epsilon);
        Vectors.Adam(step with { Kept = 1 - (settings.LearningRate * settings.WeightDecay) }, parameters, _first, _second, direction);
    }

    public void Save(TensorSet state, DenseLayout layout)
    {
        layout.Append(state, First, _first);
        layout.Append(state, Second, _second);
        state.Add(new IntegerTensor(StepCount, new[] { _steps }));
    }

    public void Load(TensorSet state, DenseLayout layout)
    {
        _first = layout.Gather(state, First);
        _second = layout.Gather(state, Second);
        _steps = state.Get<IntegerTensor>(StepCount).Values.Span[0];
    }
}
