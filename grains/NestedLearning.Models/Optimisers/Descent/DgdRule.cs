using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>See <see cref="DgdSettings"/>.</summary>
internal sealed class DgdRule(ITensorBackend backend, Parameter parameter) : UpdateRule(backend, parameter)
{
    private const double SmallestSquare = 1e-30;

    public override void Check(Gradient gradient)
    {
        if (gradient.Inputs is { } inputs && (Parameter.Shape.Rank != 2 || inputs.Shape.Rank == 0 || inputs.Shape[^1] != Parameter.Shape[0]))
        {
            throw new ShapeException(
                "Step", $"inputs of {Parameter.Name}", inputs.Shape.ToString(), $"[..., in] for weights [in, out], not {Parameter.Shape}");
        }
    }

    public override void Apply(Gradient gradient, in StepNumbers numbers)
    {
        (double rate, double scale) = (numbers.LearningRate, numbers.GradientScale);
        if (gradient.Inputs is not { Shape.ElementCount: > 0 } inputs)
        {
            Move(numbers.Kept, gradient.Value, rate * scale);
            return;
        }

        rate /= 1 + rate;
        int count = inputs.Shape.ElementCount / Parameter.Shape[0];
        using Tensor stored = Recall(inputs, count);
        Move(numbers.Kept, gradient.Value, rate * scale);
        Move(1, stored, rate / count);
    }

    /// <summary>What the layer says to its inputs, at the inputs: <c>X̂ᵀ X̂ W</c>.</summary>
    private Tensor Recall(Tensor inputs, int count)
    {
        using Tensor rows = Backend.Reshape(inputs, [count, Parameter.Shape[0]]);
        using Tensor units = Backend.Normalize(Normalization.Unit, rows, SmallestSquare);
        using Tensor answers = Backend.MatrixMultiply(units, Parameter.Value, false, false);
        return Backend.MatrixMultiply(units, answers, true, false);
    }
}
