using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>See <see cref="MuonSettings"/>.</summary>
internal sealed class MuonRule(ITensorBackend backend, Parameter parameter, MuonSettings settings)
    : UpdateRule(backend, parameter, "moment")
{
    /// <summary>The root mean square of AdamW's updates, about.</summary>
    private const double UpdateSize = 0.2;

    private readonly double _scale = UpdateSize * Math.Sqrt(Math.Max(parameter.Shape[0], parameter.Shape[1]));

    public override void Apply(Gradient gradient, in StepNumbers numbers)
    {
        Remember(0, settings.Momentum, gradient.Value, numbers.GradientScale);
        using Tensor direction = settings.IsNesterov ? Ahead(gradient.Value, numbers.GradientScale) : OrthogonalMoment();
        Move(numbers.Kept, direction, numbers.LearningRate * _scale);
    }

    private Tensor Ahead(Tensor gradient, double scale)
    {
        using Tensor ahead = Backend.Blend(Backend.Affine(gradient, scale, 0), 1, State[0], settings.Momentum);
        return NewtonSchulz.Orthogonalize(Backend, ahead, settings.Steps);
    }

    private Tensor OrthogonalMoment() => NewtonSchulz.Orthogonalize(Backend, State[0], settings.Steps);
}
