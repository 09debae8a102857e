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
    public TensorSet Save()
    {
        TensorSet values = [];
        foreach (Parameter parameter in Parameters)
        {
            values.Add(StoredTensor.Of(_backend, parameter.Name, parameter.Value));
        }

        return values;
    }

    /// <summary>Takes up what <see cref="Save"/> gave, of this set or of one like it; all or nothing.</summary>
    /// <exception cref="TensorMissingException">A parameter is missing.</exception>
    /// <exception cref="ShapeException">A parameter has another shape.</exception>
    public void Load(TensorSet values)
    {
        DenseTensor[] found = [.. Parameters.Select(parameter => StoredTensor.Find(values, parameter.Name, parameter.Shape))];
        foreach ((Parameter parameter, DenseTensor tensor) in Parameters.Zip(found))
        {
            parameter.Value.Dispose();
            parameter.Value = _backend.Create(parameter.Shape, tensor.Values.Span);
        }
    }

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
}
