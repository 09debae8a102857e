using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// <c>A = Σ k kᵀ</c>, symmetric of shape [features, features], as the lower triangle in float64: row i holds the columns
/// up to i, and starts at i (i + 1) / 2.
/// </summary>
internal sealed class GramMatrix(int features)
{
    private readonly double[] _triangle = new double[LengthOf(features)];

    /// <summary>The lower triangle, row by row.</summary>
    public ReadOnlyMemory<double> Triangle => _triangle;

    /// <summary>How many values the triangle of so many features has.</summary>
    public static int LengthOf(int features) => features * (features + 1) / 2;

    /// <summary>The diagonal, <c>Σ k_j²</c>, times a factor.</summary>
    public float[] Diagonal(double factor)
    {
        float[] diagonal = new float[features];
        for (int i = 0; i < features; i++)
        {
            diagonal[i] = (float)(factor * _triangle[RowStart(i) + i]);
        }

        return diagonal;
    }

    /// <summary>Multiplies everything.</summary>
    public void Multiply(double factor) => Float64.Scale(factor, _triangle);

    /// <summary>Takes up a triangle of the same size.</summary>
    public void Load(ReadOnlySpan<double> triangle) => triangle.CopyTo(_triangle);

    /// <summary>
    /// Adds the outer products of all keys. It goes through the matrix row by row, and in a row through the keys that
    /// have its feature in their order: every element gets the same sums in the same order as key by key, but each row
    /// is in the cache once. With a negative weight they are taken away.
    /// </summary>
    public void Add(SparseRows keys, double weight)
    {
        (int[] starts, int[] entries) = EntriesByFeature(keys);
        int[] keyOfEntry = KeyOfEntry(keys);
        for (int feature = 0; feature < features; feature++)
        {
            Span<double> row = _triangle.AsSpan(RowStart(feature), feature + 1);
            for (int i = starts[feature]; i < starts[feature + 1]; i++)
            {
                AddToRow(row, keys, keys.RowStarts[keyOfEntry[entries[i]]], entries[i], weight);
            }
        }
    }

    /// <summary>Adds a triangle of the same size; with a negative weight it is taken away.</summary>
    public void Add(ReadOnlySpan<double> triangle, double weight) => Float64.AddScaled(weight, triangle, _triangle);

    /// <summary>Adds a triangle of the same size; with a negative weight it is taken away.</summary>
    public void Add(ReadOnlySpan<float> triangle, double weight) => Float64.AddScaled(weight, triangle, _triangle);

    private static int RowStart(int row) => row * (row + 1) / 2;

    private static void AddToRow(Span<double> row, SparseRows keys, int first, int entry, double weight)
    {
        ReadOnlySpan<ushort> columns = keys.Indices.AsSpan(first, entry - first + 1);
        ReadOnlySpan<float> values = keys.Values.AsSpan(first, columns.Length);
        double value = weight * values[^1];

        // Columns rise: where the last is their number less one they are all from 0 on, and the key is dense.
        if (columns[^1] == columns.Length - 1)
        {
            Float64.AddScaled(value, values, row);
            return;
        }

        for (int j = 0; j < columns.Length; j++)
        {
            row[columns[j]] += value * values[j];
        }
    }

    /// <summary>The entries of a sparse matrix sorted by feature, by key within a feature.</summary>
    private (int[] Starts, int[] Entries) EntriesByFeature(SparseRows keys)
    {
        int[] starts = new int[features + 1];
        foreach (ushort feature in keys.Indices)
        {
            starts[feature + 1]++;
        }

        for (int feature = 0; feature < features; feature++)
        {
            starts[feature + 1] += starts[feature];
        }

        int[] next = starts[..^1];
        int[] entries = new int[keys.Indices.Length];
        for (int entry = 0; entry < entries.Length; entry++)
        {
            entries[next[keys.Indices[entry]]++] = entry;
        }

        return (starts, entries);
    }

    private static int[] KeyOfEntry(SparseRows keys)
    {
        int[] keyOfEntry = new int[keys.Indices.Length];
        for (int key = 0; key < keys.Rows; key++)
        {
            keyOfEntry.AsSpan(keys.RowStarts[key]..keys.RowStarts[key + 1]).Fill(key);
        }

        return keyOfEntry;
    }
}
