using System.Runtime.CompilerServices;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// What a memory reads of a version of the exact level: weights of shape [features, classes], the energies
/// <c>diag(A)</c>, the events of each class, and the classes. There is one for each version in a process, which all of its
/// memories share; the arrays are the version's own.
/// </summary>
internal sealed class SlowReplica
{
    private static readonly ConditionalWeakTable<TensorSet, SlowReplica> OfVersions = [];

    private readonly ReadOnlyMemory<float> _weights;
    private readonly ReadOnlyMemory<float> _energies;
    private readonly ReadOnlyMemory<long> _counts;

    private SlowReplica(TensorSet tensors)
    {
        Classes = ClassTable.Of(tensors.Get<TextTensor>(SlowTensors.Labels).Texts);
        _weights = tensors.Get<DenseTensor>(SlowTensors.Weights).Values;
        _energies = tensors.Get<DenseTensor>(SlowTensors.Energies).Values;
        _counts = tensors.Get<IntegerTensor>(SlowTensors.Counts).Values;
    }

    /// <summary>The classes of the version; nobody adds to them.</summary>
    public ClassTable Classes { get; }

    public ReadOnlyMemory<float> Energies => _energies;

    public ReadOnlySpan<long> Counts => _counts.Span;

    /// <summary>What a version says; its tensors must fit <paramref name="features"/> and each other.</summary>
    /// <exception cref="ShapeException">They do not.</exception>
    public static SlowReplica Of(TensorSet tensors, int features)
    {
        SlowReplica replica = OfVersions.GetValue(tensors, static version => new SlowReplica(version));
        int classes = replica.Classes.Count;
        if (replica._weights.Length != (long)features * classes
            || replica._energies.Length != features
            || replica._counts.Length != classes)
        {
            throw new ShapeException(
                "Adopt", "version", $"{replica._weights.Length} weights for {classes} classes",
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
        int classes = Classes.Count;
        Span<float> known = scores[..classes];
        for (int i = 0; i < indices.Length; i++)
        {
            Vectors.Axpy(values[i], weights.Slice(indices[i] * classes, classes), known);
        }
    }
}
