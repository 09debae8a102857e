using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>See <see cref="AdamWSettings"/>.</summary>
internal sealed class AdamWRule(ITensorBackend backend, Parameter parameter, AdamWSettings settings)
    : UpdateRule(backend, parameter, "first", "second")
{
    public override void Apply(Gradient gradient, in StepNumbers numbers)
    {
        AdamStep step = AdamStep.At(numbers.Count, numbers.LearningRate, settings.Beta1, settings.Beta2, settings.Epsilon) with
        {
            Kept = numbers.Kept,
            GradientScale = numbers.GradientScale,
        };
        (Parameter.Value, State[0], State[1]) = Backend.Adam(step, new AdamState(Parameter.Value, State[0], State[1]), gradient.Value);
    }
}
