using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>The additive statistics of the exact level in float64: <c>A = Σ k kᵀ</c>, <c>Bᵀ = Σ k vᵀ</c> and the counts n_c.</summary>
internal sealed class SlowTotals(int features)
{
    private double[] _counts = [];

    /// <summary>A.</summary>
    public GramMatrix Gram { get; } = new(features);

    /// <summary>Bᵀ.</summary>
    public CrossMatrix Cross { get; } = new(features);

    /// <summary>The counts, with room for more classes.</summary>
    public ReadOnlyMemory<double> Counts => _counts;

    /// <summary>Makes room for this many classes.</summary>
    public void Grow(int classes)
    {
        Cross.Grow(classes);
        if (_counts.Length < Cross.Stride)
        {
            Array.Resize(ref _counts, Cross.Stride);
        }
    }

    /// <summary>Adds an update whose classes have these numbers here; with a negative weight it is taken away.</summary>
    public void Add(SlowUpdate update, int[] numbers, double weight)
    {
        switch (update)
        {
            case SlowEvents events:
                AddEvents(events, numbers, weight);
                break;
            case SlowSums sums:
                AddSums(sums, numbers, weight);
                break;
        }
    }

    /// <summary>Adds what a part of a round comes to, whose classes have these numbers here.</summary>
    public void Add(SlowPart part, int[] numbers, double weight)
    {
        Gram.Add(part.Triangle.Span, weight);
        Cross.Add(part.Cross.Span, numbers, weight);
        for (int c = 0; c < numbers.Length; c++)
        {
            _counts[numbers[c]] += weight * part.Counts.Span[c];
        }
    }

    /// <summary>Multiplies everything.</summary>
    public void Multiply(double factor)
    {
        Gram.Multiply(factor);
        Cross.Multiply(factor);
        Float64.Scale(factor, _counts);
    }

    /// <summary>Takes up statistics of this many classes.</summary>
    public void Load(ReadOnlySpan<double> triangle, double[] cross, double[] counts)
    {
        Gram.Load(triangle);
        Cross.Load(cross, counts.Length);
        _counts = counts;
    }

    private void AddEvents(SlowEvents update, int[] numbers, double weight)
    {
        Gram.Add(update.Keys, weight);
        for (int i = 0; i < update.Keys.Rows; i++)
        {
            int y = numbers[update.Classes.Span[i]];
            Cross.Add(update.Keys[i], y, update.Targets?[i] ?? default, numbers, weight);
            _counts[y] += weight;
        }
    }

    private void AddSums(SlowSums update, int[] numbers, double weight)
    {
        Gram.Add(update.Gram.Triangle.Span, weight);
        Cross.Add(update.Cross.Span, numbers, weight);
        for (int c = 0; c < numbers.Length; c++)
        {
            _counts[numbers[c]] += weight * update.Counts.Span[c];
        }
    }
}
