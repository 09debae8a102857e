using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A continuum memory system in its independent form (Nested Learning, Eq. 73–74): <c>x + Σ a_l MLP_l(x)</c>, with weights a that are 1 at first
/// and change with everything but the MLPs.
/// </summary>
internal sealed class IndependentContinuum(ParameterFactory factory, string name, SequenceSettings settings, double outputScale) : IFeedForward
{
    private readonly ContinuumLayer[] _layers = ContinuumLayer.CreateAll(factory, name, settings, outputScale);
    private readonly Parameter _weights = factory.Ones($"{name}/weights", [settings.Periods.Count]);

    public Variable Apply(BoundParameters parameters, Variable x)
    {
        Variable weights = parameters[_weights];
        Variable sum = x;
        for (int i = 0; i < _layers.Length; i++)
        {
            sum += _layers[i].Apply(parameters, x) * weights.Slice(0, i, 1);
        }

        return sum;
    }
}
