namespace NestedLearning.Gateway.Dashboard.Recording;

/// <summary>The scores of a model or of one tenant, by the slices that the model's stream is cut into.</summary>
internal sealed class ScoreRow
{
    /// <summary>The most slices; even, so that halving leaves none over.</summary>
    public const int Capacity = 96;

    private readonly Score[] _scores = new Score[Capacity];

    /// <summary>Counts something in a slice.</summary>
    public void Add(int slice, Score score) => _scores[slice] += score;

    /// <summary>The score of a slice.</summary>
    public Score this[int slice] => _scores[slice];

    /// <summary>Makes one slice of each two, in the first half of the row.</summary>
    public void Halve()
    {
        for (int i = 0; i < Capacity / 2; i++)
        {
            _scores[i] = _scores[2 * i] + _scores[(2 * i) + 1];
        }

        Array.Clear(_scores, Capacity / 2, Capacity / 2);
    }

    /// <summary>The first slices.</summary>
    public IReadOnlyList<Score> Take(int count) => _scores[..count];
}
