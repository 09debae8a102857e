using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// AdamW (arXiv 1711.05101, Algorithm 2): <c>m ← β1 m + (1 − β1) g; v ← β2 v + (1 − β2) g²;
/// θ ← θ − η λ θ − η m̂ / (√v̂ + ε)</c> with <c>m̂ = m / (1 − β1ᵗ)</c> and <c>v̂ = v / (1 − β2ᵗ)</c>, where t counts folds.
/// </summary>
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
        float beta1 = settings.Momentum;
        float beta2 = settings.SecondMoment;
        float eta = (float)(settings.LearningRate / (1 - Math.Pow(beta1, _steps)));
        float scale = (float)(1 / (1 - Math.Pow(beta2, _steps)));
        float kept = 1 - (settings.LearningRate * settings.WeightDecay);
        for (int i = 0; i < parameters.Length; i++)
        {
            float g = direction[i];
            float m = _first[i] = (beta1 * _first[i]) + ((1 - beta1) * g);
            float v = _second[i] = (beta2 * _second[i]) + ((1 - beta2) * g * g);
            parameters[i] = (kept * parameters[i]) - (eta * m / (MathF.Sqrt(v * scale) + settings.Epsilon));
        }
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
