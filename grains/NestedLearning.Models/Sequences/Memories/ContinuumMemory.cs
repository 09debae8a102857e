using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A continuum memory system in its sequential form (Nested Learning, Eq. 70–71): residual MLPs <c>x + W2 gelu(W1 norm(x))</c>, each of
/// which changes once in a period of its own.
/// </summary>
internal sealed class ContinuumMemory(ParameterFactory factory, string name, SequenceSettings settings, double outputScale) : IFeedForward
{
    private readonly ContinuumLayer[] _layers = ContinuumLayer.CreateAll(factory, name, settings, outputScale);

    public Variable Apply(BoundParameters parameters, Variable x)
    {
        foreach (ContinuumLayer layer in _layers)
        {
            x += layer.Apply(parameters, x);
        }

        return x;
    }
}
