using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The fast memory F of shape [features, classes] as a matrix of which only the rows of features that occurred exist.
/// <see cref="ResidualMemory"/> has the formulas.
/// </summary>
internal sealed class ResidualRows
{
    private const ushort NoRow = ushort.MaxValue;

    private readonly float _rate;
    private readonly float _ridge;
    private readonly ushort[] _rowOfFeature;
    private readonly float[] _energies;
    private float[] _rows = [];
    private float[] _gains = [];
    private int _rowCount;
    private int _stride;

    /// <summary>F = 0, after the energies that the slow memory has seen, one for each feature.</summary>
    public ResidualRows(ReadOnlySpan<float> energies, float rate, float ridge)
    {
        _rate = rate;
        _ridge = ridge;
        _rowOfFeature = new ushort[energies.Length];
        Array.Fill(_rowOfFeature, NoRow);
        _energies = energies.ToArray();
    }

    /// <summary>The bytes that the rows and their index occupy.</summary>
    public long SizeBytes => ((_rows.Length + _energies.Length) * sizeof(float)) + (_rowOfFeature.Length * sizeof(ushort));

    /// <summary>scores += Fᵀ k.</summary>
    public void AddScores(in SparseVector key, Span<float> scores)
    {
        int width = Math.Min(_stride, scores.Length);
        ReadOnlySpan<ushort> indices = key.Indices.Span;
        ReadOnlySpan<float> values = key.Values.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            int row = _rowOfFeature[indices[i]];
            if (row != NoRow)
            {
                Vectors.Axpy(values[i], _rows.AsSpan(row * _stride, width), scores[..width]);
            }
        }
    }

    /// <summary>Moves F towards the residual of this key by one step of the delta rule.</summary>
    public void Learn(in SparseVector key, ReadOnlySpan<float> residual)
    {
        ReadOnlySpan<ushort> indices = key.Indices.Span;
        ReadOnlySpan<float> values = key.Values.Span;
        EnsureClasses(residual.Length);
        if (_gains.Length < values.Length)
        {
            _gains = new float[values.Length];
        }

        float gain = 1;
        for (int i = 0; i < indices.Length; i++)
        {
            ref float energy = ref _energies[indices[i]];
            energy += values[i] * values[i];
            _gains[i] = _rate * values[i] / (MathF.Max(energy, 0) + _ridge);
            gain += values[i] * _gains[i];
        }

        for (int i = 0; i < indices.Length; i++)
        {
            int row = RowOf(indices[i]);
            Vectors.Axpy(_gains[i] / gain, residual, _rows.AsSpan(row * _stride, residual.Length));
        }
    }

    private int RowOf(ushort feature)
    {
        ref ushort row = ref _rowOfFeature[feature];
        if (row == NoRow)
        {
            row = (ushort)_rowCount++;
            if (_rows.Length < _rowCount * _stride)
            {
                Array.Resize(ref _rows, Math.Min(_energies.Length, Math.Max(_rowCount + (_rowCount / 2), 128)) * _stride);
            }
        }

        return row;
    }

    private void EnsureClasses(int classes)
    {
        if (classes <= _stride)
        {
            return;
        }

        int stride = Math.Max(classes, _stride + (_stride / 4));
        float[] rows = new float[_rows.Length / Math.Max(_stride, 1) * stride];
        for (int row = 0; row < _rowCount; row++)
        {
            _rows.AsSpan(row * _stride, _stride).CopyTo(rows.AsSpan(row * stride));
        }

        _rows = rows;
        _stride = stride;
    }
}
