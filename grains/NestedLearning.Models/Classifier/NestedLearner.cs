using System.Globalization;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The nested classifier as one learner: a memory and the exact level that it folds into after each of its periods, without anything between
/// the two. It learns what the tiers would with one memory.
/// </summary>
public sealed class NestedLearner : IContinualLearner
{
    private readonly INestedModel _memory;
    private readonly ISharedLevel _level;
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    private long _rounds;

    /// <summary>A learner that has seen nothing.</summary>
    /// <param name="spec">The classifier; keys are shorter than its features.</param>
    /// <param name="threads">The threads of a fold.</param>
    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    public NestedLearner(ClassifierSpec spec, int threads = 1)
    {
        spec.Validate();
        _memory = spec.CreateModel(contributors: 1);
        _level = spec.CreateSharedLevel(ClassifierSpec.SlowLevel, threads);
    }

    /// <inheritdoc/>
    public string Name => "nested";

    /// <inheritdoc/>
    public int Predict(in SparseVector key) => _memory.Predict(new FeatureInput(key)).Label is { } label ? _labels[label] : -1;

    /// <inheritdoc/>
    public void Learn(in SparseVector key, int label)
    {
        string name = label.ToString(CultureInfo.InvariantCulture);
        _memory.Step(new FeatureInput(key), name);
        _labels[name] = label;
        if (_memory.Pending(ClassifierSpec.SlowLevel) >= _level.Spec.PeriodAfter(_level.Events))
        {
            Fold();
        }
    }

    /// <summary>Does nothing: it is not told of tasks.</summary>
    public void EndTask()
    {
    }

    private void Fold()
    {
        Contribution update = _memory.Drain(ClassifierSpec.SlowLevel, ++_rounds);
        _level.Check(update);
        _level.Absorb([update]);
        _memory.Adopt(ClassifierSpec.SlowLevel, new LevelVersion(_rounds, _level.Events, _level.Solve()), _rounds);
    }
}
