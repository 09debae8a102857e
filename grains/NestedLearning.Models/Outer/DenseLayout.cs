using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Named dense tensors as one vector, one after another: the form in which a level's parameters, their gradients and an
/// optimiser's moments go together.
/// </summary>
public sealed class DenseLayout
{
    private readonly (string Name, int[] Shape, int Length)[] _tensors;

    /// <summary>The layout of these tensors, in their order; all are dense.</summary>
    /// <exception cref="ArgumentException">One is not dense.</exception>
    public DenseLayout(TensorSet like)
    {
        _tensors = [.. like.Select(tensor => tensor is DenseTensor dense
            ? (dense.Name, dense.Shape.ToArray(), dense.Values.Length)
            : throw new ArgumentException($"The tensor '{tensor.Name}' is not dense.", nameof(like)))];
        Length = _tensors.Sum(tensor => tensor.Length);
    }

    /// <summary>The length n of the vector.</summary>
    public int Length { get; }

    /// <summary>The tensors' names and shapes, in their order.</summary>
    internal IEnumerable<(string Name, Shape Shape)> Shapes => _tensors.Select(tensor => (tensor.Name, Shape.Create(tensor.Shape)));

    /// <summary>The tensors as one new vector [n]; in the set they have this prefix before their names.</summary>
    /// <exception cref="TensorMissingException">One is missing.</exception>
    public float[] Gather(TensorSet tensors, string prefix = "")
    {
        float[] vector = new float[Length];
        int offset = 0;
        foreach ((string name, _, int length) in _tensors)
        {
            tensors.Get<DenseTensor>(prefix + name).Values.CopyTo(vector.AsMemory(offset, length));
            offset += length;
        }

        return vector;
    }

    /// <summary>Appends a vector [n] as its tensors, with a prefix before their names; the values are copied.</summary>
    public void Append(TensorSet tensors, string prefix, ReadOnlySpan<float> vector)
    {
        int offset = 0;
        foreach ((string name, int[] shape, int length) in _tensors)
        {
            tensors.Add(new DenseTensor(prefix + name, shape, vector.Slice(offset, length).ToArray()));
            offset += length;
        }
    }

    /// <summary>Sets the tensors of the chosen names to 0 in a vector [n].</summary>
    internal void Clear(Span<float> vector, Func<string, bool> isChosen)
    {
        int offset = 0;
        foreach ((string name, _, int length) in _tensors)
        {
            if (isChosen(name))
            {
                vector.Slice(offset, length).Clear();
            }

            offset += length;
        }
    }

    /// <summary>Refuses tensors that are not these, in shape or in number, or hold a magnitude beyond <paramref name="limit"/>.</summary>
    /// <exception cref="InvalidContributionException">The first that does not fit.</exception>
    public void Check(TensorSet tensors, float limit)
    {
        foreach ((string name, int[] shape, _) in _tensors)
        {
            if (tensors.Find(name) is not DenseTensor tensor || !tensor.Shape.SequenceEqual(shape))
            {
                throw new InvalidContributionException(name, "is missing or has another shape", $"[{string.Join(", ", shape)}]");
            }

            foreach (float value in tensor.Values.Span)
            {
                if (!(Math.Abs(value) <= limit))
                {
                    throw new InvalidContributionException(
                        name, FormattableString.Invariant($"holds {value}"), FormattableString.Invariant($"magnitudes up to {limit}"));
                }
            }
        }

        if (tensors.Count > _tensors.Length)
        {
            throw new InvalidContributionException(
                tensors.First(tensor => !_tensors.Any(known => known.Name == tensor.Name)).Name,
                "is unknown",
                string.Join(", ", _tensors.Select(known => known.Name)));
        }
    }
}
