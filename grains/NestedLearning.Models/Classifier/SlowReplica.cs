using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// What a memory reads of a version of the exact level: weights of shape [features, classes], the energies
/// <c>diag(A)</c>, the events of each class, and the classes' labels. The arrays are the version's own, shared by every
/// memory of the process.
/// </summary>
internal sealed class SlowReplica
{
    private readonly ReadOnlyMemory<float> _weights;
    private readonly ReadOnlyMemory<float> _energies;
    private readonly ReadOnlyMemory<long> _counts;

    private SlowReplica(TensorSet tensors)
    {
        Labels = tensors.Get<TextTensor>(SlowTensors.Labels).Texts;
        _weights = tensors.Get<DenseTensor>(SlowTensors.Weights).Values;
        _energies = tensors.Get<DenseTensor>(SlowTensors.Energies).Values;
        _counts = tensors.Get<IntegerTensor>(SlowTensors.Counts).Values;
    }

    public IReadOnlyList<string> Labels { get; }

    public int Classes => Labels.Count;

    public ReadOnlyMemory<float> Energies => _energies;

    public ReadOnlySpan<long> Counts => _counts.Span;

    /// <summary>Reads a version; its tensors must fit <paramref name="features"/> and each other.</summary>
    /// <exception cref="ShapeException">They do not.</exception>
    public static SlowReplica Read(TensorSet tensors, int features)
    {
        SlowReplica replica = new(tensors);
        if (replica._weights.Length != (long)features * replica.Classes
            || replica._energies.Length != features
            || replica._counts.Length != replica.Classes)
        {
            throw new ShapeException(
                "Adopt", "version", $"{replica._weights.Length} weights for {replica.Classes} classes",
                $"[{features}, classes] weights, [{features}] energies, [classes] counts");
        }

        return replica;
    }

    /// <summary>scores += Wᵀ k, for the classes of the version.</summary>
    public void AddScores(in SparseVector key, Span<float> scores)
    {
        ReadOnlySpan<float> weights = _weights.Span;
        ReadOnlySpan<ushort> indices = key.Indices.Span;
        ReadOnlySpan<float> values = key.Values.Span;
        Span<float> known = scores[..Classes];
        for (int i = 0; i < indices.Length; i++)
        {
            Vectors.Axpy(values[i], weights.Slice(indices[i] * Classes, Classes), known);
        }
    }
}
