using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Sums each level's gradients over its period, in which its parameters do not change (Nested Learning, Eq. 71): the sum of all memories'
/// sums is that of one memory with all their windows.
/// </summary>
internal sealed class GradientExchange(SequenceModel model) : ISequenceExchange
{
    private readonly GradientSum[] _sums = [.. model.Parameters.Select(group => new GradientSum(model.Backend, group))];

    public long SizeBytes => sizeof(float) * model.Parameters.Sum(group => group.ElementCount);

    public double Learn(IReadOnlyList<TokenWindows> groups)
    {
        using GroupedGradients gradients = GroupedGradients.Of(model, groups);
        for (int i = 0; i < _sums.Length; i++)
        {
            _sums[i].AddAsOne(gradients.Levels[i]);
        }

        return gradients.Loss;
    }

    public long Pending(int level) => _sums[level].Count;

    public Contribution Drain(int level, long sequence)
    {
        long steps = _sums[level].Count;
        return new Contribution(steps, _sums[level].Drain());
    }

    public void Adopt(int level, LevelVersion version, long foldedThrough) => model.Parameters.Load(level, version.Tensors);

    public void Save(TensorSet state)
    {
        for (int i = 0; i < _sums.Length; i++)
        {
            state.AddPart(Prefix(i), _sums[i].Save());
        }
    }

    public void Load(TensorSet state)
    {
        for (int i = 0; i < _sums.Length; i++)
        {
            _sums[i].Load(state.Part(Prefix(i)));
        }
    }

    private static string Prefix(int level) => FormattableString.Invariant($"sum{level}/");
}
