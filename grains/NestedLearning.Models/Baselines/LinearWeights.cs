using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The weights of a linear classifier over sparse keys, one row of classes per feature, so that reading and writing a
/// key are a few whole rows. Classes are added as they appear.
/// </summary>
/// <param name="features">The length of a key.</param>
internal sealed class LinearWeights(int features)
{
    private const int FirstCapacity = 16;

    // [features, capacity], of which the first Classes columns are in use and the rest is 0
    private Matrix _weights = new(features, FirstCapacity);

    /// <summary>The number of classes.</summary>
    public int Classes { get; private set; }

    /// <summary>Makes room for <paramref name="classes"/> classes; new ones have weight 0.</summary>
    public void Grow(int classes)
    {
        if (classes > _weights.Columns)
        {
            var larger = new Matrix(features, Math.Max(classes, 2 * _weights.Columns));
            for (int row = 0; row < features; row++)
            {
                _weights.Row(row).CopyTo(larger.Row(row));
            }

            _weights = larger;
        }

        Classes = Math.Max(Classes, classes);
    }

    /// <summary>The weights of one feature, [classes].</summary>
    public Span<float> Row(int feature) => _weights.Row(feature)[..Classes];

    /// <summary>Sets <paramref name="scores"/> [classes] to the product of the weights with <paramref name="key"/>.</summary>
    public void Score(in SparseVector key, Span<float> scores)
    {
        scores.Clear();
        ReadOnlySpan<ushort> indices = key.Indices.Span;
        ReadOnlySpan<float> values = key.Values.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            Vectors.Axpy(values[i], Row(indices[i]), scores);
        }
    }

    /// <summary>Adds <paramref name="rate"/> * key * <paramref name="errors"/> [classes], an outer product.</summary>
    public void Add(float rate, in SparseVector key, ReadOnlySpan<float> errors)
    {
        ReadOnlySpan<ushort> indices = key.Indices.Span;
        ReadOnlySpan<float> values = key.Values.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            Vectors.Axpy(rate * values[i], errors, Row(indices[i]));
        }
    }

    /// <summary>The class with the largest score; -1 while there is no class.</summary>
    public int Best(in SparseVector key, ref float[] scratch)
    {
        if (Classes == 0)
        {
            return -1;
        }

        Span<float> scores = Scratch.Take(ref scratch, Classes);
        Score(key, scores);
        return Vectors.ArgMax(scores);
    }
}
