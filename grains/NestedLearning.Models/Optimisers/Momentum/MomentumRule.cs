using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>See <see cref="MomentumSettings"/>.</summary>
internal sealed class MomentumRule(ITensorBackend backend, Parameter parameter, MomentumSettings settings)
    : UpdateRule(backend, parameter, "moment")
{
    public override void Apply(Gradient gradient, in StepNumbers numbers)
    {
        Remember(0, settings.Momentum, gradient.Value, numbers.GradientScale);
        if (settings.IsNesterov)
        {
            Move(numbers.Kept, gradient.Value, numbers.LearningRate * numbers.GradientScale);
            Move(1, State[0], numbers.LearningRate * settings.Momentum);
        }
        else
        {
            Move(numbers.Kept, State[0], numbers.LearningRate);
        }
    }
}
