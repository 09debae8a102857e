using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>The feed-forward part of a Transformer: <c>x + W2 (silu(W1 norm(x)) ∘ W3 norm(x))</c> (arXiv 2002.05202).</summary>
internal sealed class SwiGlu(ParameterFactory factory, string name, SequenceSettings settings, double outputScale) : IFeedForward
{
    private readonly Parameter _norm = factory.Ones($"{name}/norm", [settings.Width]);
    private readonly Parameter _gate = factory.Normal($"{name}/gate", [settings.Width, settings.Hidden], SequenceModel.Deviation);
    private readonly Parameter _up = factory.Normal($"{name}/up", [settings.Width, settings.Hidden], SequenceModel.Deviation);
    private readonly Parameter _down = factory.Normal($"{name}/down", [settings.Hidden, settings.Width], SequenceModel.Deviation * outputScale);

    public Variable Apply(BoundParameters parameters, Variable x)
    {
        Variable normal = x.LayerNormalize() * parameters[_norm];
        Variable hidden = normal.MatrixMultiply(parameters[_gate]).Silu() * normal.MatrixMultiply(parameters[_up]);
        return x + hidden.MatrixMultiply(parameters[_down]);
    }
}
