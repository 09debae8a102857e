using System.Collections;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>All parameters of a model, by level.</summary>
public sealed class ParameterSet : IReadOnlyList<ParameterGroup>, IDisposable
{
    private readonly ITensorBackend _backend;
    private readonly ParameterGroup[] _groups;

    /// <summary>A set that takes the groups over, whose tensors are on <paramref name="backend"/>.</summary>
    /// <exception cref="InvalidParameterNameException">Two parameters have one name.</exception>
    public ParameterSet(ITensorBackend backend, params IEnumerable<ParameterGroup> groups)
    {
        _backend = backend;
        _groups = [.. groups];
        ParameterGroup.RequireDistinct(Parameters);
    }

    /// <inheritdoc/>
    public int Count => _groups.Length;

    /// <summary>All parameters, group by group.</summary>
    public IEnumerable<Parameter> Parameters => _groups.SelectMany(group => group);

    /// <inheritdoc/>
    public ParameterGroup this[int index] => _groups[index];

    /// <summary>The values as dense tensors of the parameters' names.</summary>
    public TensorSet Save() => Save(Parameters);

    /// <summary>Takes up what <see cref="Save()"/> gave, of this set or of one like it; all or nothing.</summary>
    /// <exception cref="TensorMissingException">A parameter is missing.</exception>
    /// <exception cref="ShapeException">A parameter has another shape.</exception>
    public void Load(TensorSet values) => Load(Parameters, values);

    /// <summary>Takes up those parameters that a set holds, all of them or none; the others stay as they are.</summary>
    /// <exception cref="ShapeException">A parameter has another shape.</exception>
    public void LoadSome(TensorSet values)
    {
        HashSet<string> names = [.. values.Select(value => value.Name)];
        Load(Parameters.Where(parameter => names.Contains(parameter.Name)), values);
    }

    /// <summary>The values of one group, as in <see cref="Save()"/>.</summary>
    public TensorSet Save(int group) => Save(_groups[group]);

    /// <summary>Takes up the values of one group; all or nothing.</summary>
    /// <inheritdoc cref="Load(TensorSet)"/>
    public void Load(int group, TensorSet values) => Load(_groups[group], values);

    /// <inheritdoc/>
    public IEnumerator<ParameterGroup> GetEnumerator() => ((IEnumerable<ParameterGroup>)_groups).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Parameter parameter in Parameters)
        {
            parameter.Dispose();
        }
    }

    private TensorSet Save(IEnumerable<Parameter> parameters)
    {
        TensorSet values = [];
        foreach (Parameter parameter in parameters)
        {
            values.Add(StoredTensor.Of(_backend, parameter.Name, parameter.Value));
        }

        return values;
    }

    private void Load(IEnumerable<Parameter> parameters, TensorSet values)
    {
        (Parameter Parameter, DenseTensor Values)[] found =
            [.. parameters.Select(parameter => (parameter, StoredTensor.Find(values, parameter.Name, parameter.Shape)))];
        foreach ((Parameter parameter, DenseTensor tensor) in found)
        {
            parameter.Value.Dispose();
            parameter.Value = _backend.Create(parameter.Shape, tensor.Values.Span);
        }
    }
}
