using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A continuum memory system (Nested Learning, Eq. 70–71) in its sequential form: residual MLPs <c>x + W2 gelu(W1 norm(x))</c>, each of
/// which changes once in a period of its own.
/// </summary>
internal sealed class ContinuumMemory : IFeedForward
{
    private readonly Layer[] _layers;

    public ContinuumMemory(ParameterFactory factory, string name, SequenceSettings settings, double outputScale) =>
        _layers = [.. settings.Periods.Select((period, i) => new Layer(
            factory.Ones($"{name}/{i}/norm", [settings.Width], period),
            factory.Normal($"{name}/{i}/up", [settings.Width, settings.Hidden], SequenceModel.Deviation, period),
            factory.Normal($"{name}/{i}/down", [settings.Hidden, settings.Width], SequenceModel.Deviation * outputScale, period)))];

    public Variable Apply(BoundParameters parameters, Variable x)
    {
        foreach (Layer layer in _layers)
        {
            Variable normal = x.LayerNormalize() * parameters[layer.Norm];
            x += normal.MatrixMultiply(parameters[layer.Up]).Gelu().MatrixMultiply(parameters[layer.Down]);
        }

        return x;
    }

    private sealed record Layer(Parameter Norm, Parameter Up, Parameter Down);
}
