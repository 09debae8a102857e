using System.Collections;

namespace NestedLearning.Tensors;

/// <summary>Named tensors in a fixed order: the body of an update, of a version or of a snapshot.</summary>
public sealed class TensorSet : IReadOnlyList<NamedTensor>
{
    private readonly List<NamedTensor> _tensors = [];

    /// <inheritdoc/>
    public int Count => _tensors.Count;

    /// <inheritdoc/>
    public NamedTensor this[int index] => _tensors[index];

    /// <summary>Appends a tensor.</summary>
    /// <exception cref="ArgumentException">A tensor of this name is already there.</exception>
    public void Add(NamedTensor tensor)
    {
        if (Find(tensor.Name) is not null)
        {
            throw new ArgumentException($"The set already holds a tensor named '{tensor.Name}'.", nameof(tensor));
        }

        _tensors.Add(tensor);
    }

    /// <summary>The tensor of this name, or null.</summary>
    public NamedTensor? Find(string name) => _tensors.Find(tensor => tensor.Name == name);

    /// <summary>The tensor of this name and kind.</summary>
    /// <exception cref="TensorMissingException">There is none.</exception>
    public T Get<T>(string name)
        where T : NamedTensor =>
        Find(name) as T ?? throw new TensorMissingException(name, typeof(T));

    /// <inheritdoc/>
    public IEnumerator<NamedTensor> GetEnumerator() => _tensors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
