using System.Buffers;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The fast memory F as the sum of its steps, <c>F = Σ_e g_e r_eᵀ / (1 + k_eᵀ g_e)</c>: it keeps the residuals r_e, and
/// makes the gains g_e again from the events' keys. <see cref="ResidualMemory"/> has the formulas.
/// </summary>
internal sealed class ResidualFactors(ReadOnlyMemory<float> energies, Int8Rows keys, float rate, float ridge)
{
    private const int BytesPerFactor = 32; // an array's header, its reference, and the scale

    private readonly List<(float Scale, float[] Residual)> _steps = [];

    /// <summary>The events learned: the first rows of the keys.</summary>
    public int Count => _steps.Count;

    /// <summary>The bytes that the residuals occupy.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>scores += Fᵀ k.</summary>
    public void AddScores(in SparseVector key, Span<float> scores) => Visit(key, scores, []);

    /// <summary>Adds the step of the next key.</summary>
    public void Learn(in SparseVector key, ReadOnlySpan<float> residual)
    {
        ReadOnlySpan<float> values = key.Values.Span;
        float[] seen = ArrayPool<float>.Shared.Rent(values.Length);
        Visit(key, [], seen);
        float gain = 1;
        for (int i = 0; i < values.Length; i++)
        {
            float square = values[i] * values[i];
            gain += rate * square / (seen[i] + square + ridge);
        }

        ArrayPool<float>.Shared.Return(seen);
        _steps.Add((rate / gain, residual.ToArray()));
        SizeBytes += (residual.Length * sizeof(float)) + BytesPerFactor;
    }

    /// <summary>The same memory as a matrix.</summary>
    public ResidualRows ToRows()
    {
        ResidualRows rows = new(energies.Span, rate, ridge);
        for (int step = 0; step < _steps.Count; step++)
        {
            rows.Learn(keys[step], _steps[step].Residual);
        }

        return rows;
    }

    /// <summary>
    /// Goes through the steps in order, with the energies of the key's features as they were then: adds each step's share
    /// to the scores, unless there are none, and leaves the energies after the last one in <paramref name="seen"/>.
    /// </summary>
    private void Visit(in SparseVector key, Span<float> scores, Span<float> seen)
    {
        ReadOnlySpan<ushort> indices = key.Indices.Span;
        ReadOnlySpan<float> values = key.Values.Span;
        ushort[] places = ArrayPool<ushort>.Shared.Rent(energies.Length);
        places.AsSpan(0, energies.Length).Clear();
        float[] sums = ArrayPool<float>.Shared.Rent(indices.Length);
        for (int i = 0; i < indices.Length; i++)
        {
            places[indices[i]] = (ushort)(i + 1);
            sums[i] = MathF.Max(energies.Span[indices[i]], 0);
        }

        for (int step = 0; step < _steps.Count; step++)
        {
            float overlap = Overlap(step, places, values, sums);
            (float scale, float[] residual) = _steps[step];
            if (overlap != 0 && !scores.IsEmpty)
            {
                Vectors.Axpy(scale * overlap, residual, scores[..residual.Length]);
            }
        }

        sums.AsSpan(0, Math.Min(seen.Length, indices.Length)).CopyTo(seen);
        ArrayPool<ushort>.Shared.Return(places);
        ArrayPool<float>.Shared.Return(sums);
    }

    /// <summary>kᵀg / κ for a step's gains g, whose key's squares are added to the energies of the features they share.</summary>
    private float Overlap(int step, ushort[] places, ReadOnlySpan<float> values, float[] sums)
    {
        ReadOnlySpan<ushort> indices = keys.Indices(step);
        ReadOnlySpan<sbyte> codes = keys.Codes(step);
        float peak = keys.Peak(step);
        float overlap = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            int place = places[indices[i]];
            if (place != 0)
            {
                float value = Int8Code.Decode(codes[i], peak);
                ref float sum = ref sums[place - 1];
                sum += value * value;
                overlap += values[place - 1] * value / (sum + ridge);
            }
        }

        return overlap;
    }
}
