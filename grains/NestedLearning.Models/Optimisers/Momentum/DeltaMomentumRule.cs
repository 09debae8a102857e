using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>See <see cref="DeltaMomentumSettings"/>.</summary>
internal sealed class DeltaMomentumRule(ITensorBackend backend, Parameter parameter, DeltaMomentumSettings settings)
    : UpdateRule(backend, parameter, "moment")
{
    public override void Apply(Gradient gradient, in StepNumbers numbers)
    {
        double scale = numbers.GradientScale;
        using (Tensor held = Along(gradient.Value, State[0]))
        {
            Remember(0, settings.Retention, held, -settings.DeltaRate * scale * scale);
        }

        Remember(0, 1, gradient.Value, scale);
        Move(numbers.Kept, State[0], numbers.LearningRate);
    }

    /// <summary>What the memory holds along a gradient, <c>g gᵀ m</c>, of the parameter's shape.</summary>
    private Tensor Along(Tensor gradient, Tensor memory)
    {
        int columns = gradient.Shape.Rank < 2 ? 1 : gradient.Shape[^1];
        Shape matrix = [columns == 0 ? 0 : gradient.Shape.ElementCount / columns, columns];
        using Tensor g = Backend.Reshape(gradient, matrix);
        using Tensor m = Backend.Reshape(memory, matrix);
        using Tensor products = Backend.MatrixMultiply(g, m, true, false);
        using Tensor held = Backend.MatrixMultiply(g, products, false, false);
        return Backend.Reshape(held, gradient.Shape);
    }
}
