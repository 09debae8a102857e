using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The sum of a level's gradients over its period, while its parameters do not change (Nested Learning, Eq. 71). One step of
/// <see cref="Optimiser.Step(GradientSum)"/> takes their mean.
/// </summary>
public sealed class GradientSum(ITensorBackend backend, ParameterGroup group) : IDisposable
{
    private const string GradientCount = "count";

    private readonly Gradient[] _sums = new Gradient[group.Count];

    /// <summary>How many have been added since the last step.</summary>
    public long Count { get; private set; }

    /// <summary>How many parameters it is over.</summary>
    internal int ParameterCount => group.Count;

    /// <summary>The sums, one for each parameter; empty where nothing was added.</summary>
    internal ReadOnlySpan<Gradient> Values => Count == 0 ? [] : _sums;

    /// <summary>Adds what <see cref="Tape.Gradients"/> gave for the group.</summary>
    /// <exception cref="ArgumentException">There are not as many gradients as parameters.</exception>
    /// <exception cref="ShapeException">One has another shape than its parameter.</exception>
    public void Add(ReadOnlySpan<Variable> gradients)
    {
        if (gradients.Length != _sums.Length)
        {
            throw new ArgumentException(
                $"There are {gradients.Length} gradients for the {_sums.Length} parameters of '{group.Name}'.", nameof(gradients));
        }

        for (int i = 0; i < _sums.Length; i++)
        {
            ShapeRules.Same(nameof(Add), group[i].Name, gradients[i].Shape, group[i].Shape);
        }

        for (int i = 0; i < _sums.Length; i++)
        {
            _sums[i] = new Gradient(Count == 0
                ? backend.Affine(gradients[i].Value, 1, 0)
                : backend.Blend(_sums[i].Value, 1, gradients[i].Value, 1));
        }

        Count++;
    }

    /// <summary>Adds another sum, which is left empty, as one gradient.</summary>
    /// <exception cref="ArgumentException">There is nothing in it, or it is of other parameters.</exception>
    internal void AddAsOne(GradientSum other)
    {
        if (other.Count == 0 || other.ParameterCount != ParameterCount)
        {
            throw new ArgumentException($"The sum has {other.Count} gradients of {other.ParameterCount} parameters, accepted: 1 or more of {ParameterCount}.", nameof(other));
        }

        for (int i = 0; i < _sums.Length; i++)
        {
            _sums[i] = Count == 0 ? other._sums[i] : new Gradient(backend.Blend(_sums[i].Value, 1, other._sums[i].Value, 1));
            if (Count > 0)
            {
                other._sums[i].Value.Dispose();
            }
        }

        other.Count = 0;
        Count++;
    }

    /// <summary>The sums as dense tensors of the parameters' names, zeros where nothing was added; they are forgotten here.</summary>
    public TensorSet Drain()
    {
        TensorSet sums = [];
        for (int i = 0; i < _sums.Length; i++)
        {
            Shape shape = group[i].Shape;
            sums.Add(Count == 0
                ? new DenseTensor(group[i].Name, [.. shape], new float[shape.ElementCount])
                : StoredTensor.Of(backend, group[i].Name, _sums[i].Value));
        }

        Clear();
        return sums;
    }

    /// <summary>The sums and how many gradients are in them, for <see cref="Load"/>.</summary>
    public TensorSet Save()
    {
        TensorSet state = [new IntegerTensor(GradientCount, new[] { Count })];
        for (int i = 0; i < Values.Length; i++)
        {
            state.Add(StoredTensor.Of(backend, group[i].Name, Values[i].Value));
        }

        return state;
    }

    /// <summary>Takes up what <see cref="Save"/> gave, of a sum over parameters like these; all or nothing.</summary>
    /// <exception cref="TensorMissingException">A tensor is missing.</exception>
    /// <exception cref="ShapeException">A tensor has another shape.</exception>
    public void Load(TensorSet state)
    {
        long count = state.Get<IntegerTensor>(GradientCount).Values.Span[0];
        DenseTensor[] found = count == 0 ? [] : [.. group.Select(parameter => StoredTensor.Find(state, parameter.Name, parameter.Shape))];
        Clear();
        for (int i = 0; i < found.Length; i++)
        {
            _sums[i] = new Gradient(backend.Create(group[i].Shape, found[i].Values.Span));
        }

        Count = count;
    }

    /// <summary>Forgets the sums.</summary>
    public void Clear()
    {
        foreach (Gradient sum in Values)
        {
            sum.Value.Dispose();
        }

        Count = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();
}
