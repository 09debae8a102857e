using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The fast memory F of shape [features, classes]: a delta-rule memory on what the slow memory leaves over
/// (the delta rule of Nested Learning, Eq. 57, with a rate per feature). For a key k, residual r = v − z and the
/// accumulated energies d: <c>d_j += k_j²; g_j = κ k_j / (d_j + λ); F[j,:] += g_j r / (1 + kᵀg)</c>.
/// Only the rows of features that occurred exist.
/// </summary>
internal sealed class ResidualMemory(int features, float rate, float ridge)
{
    private const ushort NoRow = ushort.MaxValue;

    private readonly ushort[] _rowOfFeature = CreateRowIndex(features);
    private readonly float[] _energies = new float[features];
    private float[] _rows = [];
    private float[] _gains = [];
    private int _rowCount;
    private int _stride;

    /// <summary>The bytes that the rows and their index occupy.</summary>
    public long SizeBytes => (_rows.Length * sizeof(float)) + (features * (sizeof(ushort) + sizeof(float)));

    /// <summary>Forgets everything and starts from the energies that the slow memory has seen, one for each feature.</summary>
    public void Reset(ReadOnlySpan<float> energies)
    {
        Array.Fill(_rowOfFeature, NoRow);
        _rows = [];
        _rowCount = 0;
        _stride = 0;
        energies.CopyTo(_energies);
    }

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
            _gains[i] = rate * values[i] / (energy + ridge);
            gain += values[i] * _gains[i];
        }

        for (int i = 0; i < indices.Length; i++)
        {
            int row = RowOf(indices[i]);
            Vectors.Axpy(_gains[i] / gain, residual, _rows.AsSpan(row * _stride, residual.Length));
        }
    }

    private static ushort[] CreateRowIndex(int features)
    {
        ushort[] index = new ushort[features];
        Array.Fill(index, NoRow);
        return index;
    }

    private int RowOf(ushort feature)
    {
        ref ushort row = ref _rowOfFeature[feature];
        if (row == NoRow)
        {
            row = (ushort)_rowCount++;
            if (_rows.Length < _rowCount * _stride)
            {
                Array.Resize(ref _rows, Math.Min(features, Math.Max(_rowCount + (_rowCount / 2), 128)) * _stride);
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
