using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Any rule of the <see cref="Optimiser"/> as the outer optimiser of a shared level, whose step count is that of folds.</summary>
internal sealed class LevelOptimiser : IOuterOptimiser
{
    private readonly ManagedBackend _backend = new();
    private readonly Optimiser _optimiser;

    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    /// <exception cref="InvalidParameterNameException">A tensor has a name that no parameter can have.</exception>
    public LevelOptimiser(OptimiserSettings settings, DenseLayout layout)
    {
        IEnumerable<Parameter> parameters = layout.Shapes.Select(tensor => new Parameter(tensor.Name, _backend.Fill(tensor.Shape, 0)));
        _optimiser = new Optimiser(_backend, new ParameterGroup("level", 0, parameters), settings);
    }

    public void Step(ReadOnlySpan<float> direction, Span<float> parameters)
    {
        var gradients = new Gradient[_optimiser.Group.Count];
        int offset = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            Parameter parameter = _optimiser.Group[i];
            int length = parameter.Shape.ElementCount;
            gradients[i] = new Gradient(_backend.Create(parameter.Shape, direction.Slice(offset, length)));
            Replace(parameter, parameters.Slice(offset, length));
            offset += length;
        }

        _optimiser.Step(gradients);
        offset = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            Tensor value = _optimiser.Group[i].Value;
            _backend.Read(value, parameters.Slice(offset, value.Shape.ElementCount));
            offset += value.Shape.ElementCount;
            gradients[i].Value.Dispose();
        }
    }

    public void Save(TensorSet state, DenseLayout layout)
    {
        foreach (NamedTensor tensor in _optimiser.Save())
        {
            state.Add(tensor);
        }
    }

    public void Load(TensorSet state, DenseLayout layout) => _optimiser.Load(state);

    private void Replace(Parameter parameter, ReadOnlySpan<float> values)
    {
        Shape shape = parameter.Shape;
        parameter.Value.Dispose();
        parameter.Value = _backend.Create(shape, values);
    }
}
