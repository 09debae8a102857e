using System.Numerics;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary><c>Bᵀ = Σ k vᵀ</c> in float64, [features, classes], with room for more classes in each row.</summary>
internal sealed class CrossMatrix(int features)
{
    private int _classes;

    /// <summary>The values, [features, <see cref="Stride"/>].</summary>
    public double[] Values { get; private set; } = [];

    /// <summary>How many values there are from row to row.</summary>
    public int Stride { get; private set; }

    /// <summary>Makes room for this many classes, whose values are 0.</summary>
    public void Grow(int classes)
    {
        _classes = classes;
        if (classes <= Stride)
        {
            return;
        }

        int stride = Math.Max(classes, Stride * 2);
        double[] values = new double[features * stride];
        for (int i = 0; i < features; i++)
        {
            Values.AsSpan(i * Stride, Stride).CopyTo(values.AsSpan(i * stride));
        }

        Values = values;
        Stride = stride;
    }

    /// <summary>
    /// Adds an event of class <paramref name="y"/>, whose target is 1, with targets of other classes; these count classes as
    /// their sender does, and <paramref name="numbers"/> has their numbers here. With a negative weight it is taken away.
    /// </summary>
    public void Add(in SparseVector key, int y, in SparseVector targets, int[] numbers, double weight)
    {
        ReadOnlySpan<ushort> indices = key.Indices.Span;
        ReadOnlySpan<float> values = key.Values.Span;
        ReadOnlySpan<ushort> others = targets.Indices.Span;
        ReadOnlySpan<float> scores = targets.Values.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            Span<double> row = Values.AsSpan(indices[i] * Stride, Stride);
            double value = weight * values[i];
            row[y] += value;
            for (int t = 0; t < others.Length; t++)
            {
                row[numbers[others[t]]] += value * scores[t];
            }
        }
    }

    /// <summary>Adds sums of a sender, [features, classes as it numbers them]; with a negative weight they are taken away.</summary>
    public void Add<T>(ReadOnlySpan<T> sums, int[] numbers, double weight)
        where T : INumberBase<T>
    {
        for (int i = 0; i < features; i++)
        {
            Span<double> row = Values.AsSpan(i * Stride, Stride);
            for (int c = 0; c < numbers.Length; c++)
            {
                row[numbers[c]] += weight * double.CreateTruncating(sums[(i * numbers.Length) + c]);
            }
        }
    }

    /// <summary>Multiplies everything.</summary>
    public void Multiply(double factor) => Float64.Scale(factor, Values);

    /// <summary>The values without the spare room, [features, classes].</summary>
    public double[] Packed()
    {
        double[] packed = new double[features * _classes];
        for (int i = 0; i < features; i++)
        {
            Values.AsSpan(i * Stride, _classes).CopyTo(packed.AsSpan(i * _classes));
        }

        return packed;
    }

    /// <summary>Takes up what <see cref="Packed"/> gave.</summary>
    public void Load(double[] values, int classes)
    {
        Values = values;
        Stride = classes;
        _classes = classes;
    }
}
