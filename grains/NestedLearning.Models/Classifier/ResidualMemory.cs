using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The fast memory F of shape [features, classes]: a delta-rule memory on what the slow memory leaves over
/// (the delta rule of Nested Learning, Eq. 57, with a rate per feature). For a key k, residual r = v − z and the
/// accumulated energies d: <c>d_j += k_j²; g_j = κ k_j / (d_j + λ); F[j,:] += g_j r / (1 + kᵀg)</c>.
/// </summary>
/// <remarks>
/// After few events F has a low rank, and is kept as its factors (<see cref="ResidualFactors"/>), which share the keys
/// with the retained events: a memory of a hundred events then fits in 100 KB. From <see cref="MaxFactors"/> events on
/// it is a matrix (<see cref="ResidualRows"/>), which is faster. The two round differently; as the change comes at a
/// fixed number of events, what F answers is still a function of the version and of the events alone.
/// </remarks>
internal sealed class ResidualMemory(float rate, float ridge)
{
    /// <summary>How many events F keeps as factors.</summary>
    public const int MaxFactors = 128;

    private ResidualFactors? _factors;
    private ResidualRows? _rows;

    /// <summary>The bytes that F occupies; the keys of its factors belong to the retained events.</summary>
    public long SizeBytes => (_factors?.SizeBytes ?? 0) + (_rows?.SizeBytes ?? 0);

    /// <summary>
    /// Forgets everything and starts from the energies that the slow memory has seen, one for each feature. The events
    /// that follow are the rows of <paramref name="keys"/>, from the first one on.
    /// </summary>
    public void Reset(ReadOnlyMemory<float> energies, Int8Rows keys)
    {
        _rows = null;
        _factors = new ResidualFactors(energies, keys, rate, ridge);
    }

    /// <summary>scores += Fᵀ k.</summary>
    public void AddScores(in SparseVector key, Span<float> scores)
    {
        _factors?.AddScores(key, scores);
        _rows?.AddScores(key, scores);
    }

    /// <summary>Moves F towards the residual of the next key by one step of the delta rule.</summary>
    public void Learn(in SparseVector key, ReadOnlySpan<float> residual)
    {
        if (_factors?.Count == MaxFactors)
        {
            _rows = _factors.ToRows();
            _factors = null;
        }

        _factors?.Learn(key, residual);
        _rows?.Learn(key, residual);
    }
}
