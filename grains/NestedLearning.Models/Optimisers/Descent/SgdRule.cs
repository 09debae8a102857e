using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>See <see cref="SgdSettings"/>.</summary>
internal sealed class SgdRule(ITensorBackend backend, Parameter parameter) : UpdateRule(backend, parameter)
{
    public override void Apply(Gradient gradient, in StepNumbers numbers) =>
        Move(numbers.Kept, gradient.Value, numbers.LearningRate * numbers.GradientScale);
}
