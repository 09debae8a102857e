using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Steps every level here, each by its own optimiser in its own period, and sends how far it moved (DiLoCo, arXiv 2311.08105). What the
/// optimisers remember of gradients stays here.
/// </summary>
internal sealed class DeltaExchange : ISequenceExchange
{
    private const string Learner = "learner/";

    private readonly SequenceLearner _learner;
    private readonly LocalMovement[] _levels;

    public DeltaExchange(SequenceModel model, SequenceTrainingSettings training)
    {
        _learner = new SequenceLearner(model, training);
        _levels = [.. Enumerable.Range(0, model.Parameters.Count).Select(level => new LocalMovement(model.Parameters, level))];
    }

    public long SizeBytes => _levels.Sum(level => level.SizeBytes);

    public double Learn(IReadOnlyList<TokenWindows> groups)
    {
        double loss = _learner.Step(groups);
        Array.ForEach(_levels, level => level.Steps++);
        return loss;
    }

    public long Pending(int level) => _levels[level].Steps;

    public Contribution Drain(int level, long sequence) => _levels[level].Drain(sequence);

    public void Adopt(int level, LevelVersion version, long foldedThrough) => _levels[level].Adopt(version, foldedThrough);

    public void Save(TensorSet state)
    {
        state.AddPart(Learner, _learner.Save());
        for (int i = 0; i < _levels.Length; i++)
        {
            state.AddPart(Prefix(i), _levels[i].Save());
        }
    }

    public void Load(TensorSet state)
    {
        _learner.Load(state.Part(Learner));
        for (int i = 0; i < _levels.Length; i++)
        {
            _levels[i].Load(state.Part(Prefix(i)));
        }
    }

    private static string Prefix(int level) => FormattableString.Invariant($"level{level}/");
}
