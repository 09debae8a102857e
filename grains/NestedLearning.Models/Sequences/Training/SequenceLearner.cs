using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Steps a sequence model by the gradients of whatever loss it is given. Each level sums its gradients over its period and steps once at the
/// end of it (Nested Learning, Eq. 71), whose mean its optimiser takes. In a nested continuum memory a faster level then begins again at the
/// slower's state; what its optimiser remembers of gradients stays. Not safe for concurrent use.
/// </summary>
public sealed class SequenceLearner : IDisposable
{
    private const string StepCount = "train/step";

    private readonly SequenceModel _model;
    private readonly SequenceTrainingSettings _settings;
    private readonly Optimiser[] _optimisers;
    private readonly GradientSum[] _sums;

    /// <summary>One that has taken no step.</summary>
    /// <param name="model">The model, which stays the caller's.</param>
    /// <param name="settings">How it learns.</param>
    /// <param name="slowRate">The learning rate of levels of a period above 1, as a part of what the settings say; above 0, at most 1.</param>
    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    public SequenceLearner(SequenceModel model, SequenceTrainingSettings settings, double slowRate = 1)
    {
        settings.Validate();
        _model = model;
        _settings = settings;
        _optimisers = [.. model.Parameters.Zip(model.Periods, (group, period) => new Optimiser(model.Backend, group, settings.OfPeriod(period, period == 1 ? 1 : slowRate)))];
        _sums = [.. model.Parameters.Select(group => new GradientSum(model.Backend, group))];
    }

    /// <summary>The steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>The length of the last step's gradient of all parameters, before anything is shortened; 0 before the first step.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>How many times each level has changed.</summary>
    public IReadOnlyList<long> Versions => Array.ConvertAll(_optimisers, optimiser => optimiser.Steps);

    /// <summary>Learns from streams, each from its beginning.</summary>
    /// <param name="tokens">[streams, time], row-major.</param>
    /// <param name="streams">How many streams there are.</param>
    /// <param name="loss">The loss of the logits [streams, time, vocabulary], one number.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="NotFiniteGradientException">A gradient holds a NaN or an infinity.</exception>
    public double Step(ReadOnlyMemory<int> tokens, int streams, Func<Variable, Variable> loss)
    {
        using SequenceGradients gradients = SequenceGradients.Of(_model, tokens, streams, loss);
        Learn(gradients.All);
        return gradients.Loss;
    }

    /// <summary>Learns from windows of a text in one step, along the mean over all groups.</summary>
    /// <returns>The mean loss before the step, in nats a token.</returns>
    internal double Step(IReadOnlyList<TokenWindows> groups)
    {
        using GroupedGradients gradients = GroupedGradients.Of(_model, groups);
        Learn(gradients.Levels);
        return gradients.Loss;
    }

    /// <summary>The parameters, what is remembered of gradients, and those of periods that have not ended.</summary>
    public TensorSet Save()
    {
        TensorSet state = _model.Parameters.Save();
        state.Add(new IntegerTensor(StepCount, new[] { Steps }));
        for (int i = 0; i < _optimisers.Length; i++)
        {
            state.AddPart(Prefix("optimiser", i), _optimisers[i].Save());
            state.AddPart(Prefix("sum", i), _sums[i].Save());
        }

        return state;
    }

    /// <summary>Takes up what <see cref="Save"/> gave, of a training with the same settings.</summary>
    /// <exception cref="TensorMissingException">A tensor is missing.</exception>
    /// <exception cref="ShapeException">A tensor has another shape.</exception>
    public void Load(TensorSet state)
    {
        _model.Parameters.Load(state);
        for (int i = 0; i < _optimisers.Length; i++)
        {
            _optimisers[i].Load(state.Part(Prefix("optimiser", i)));
            _sums[i].Load(state.Part(Prefix("sum", i)));
        }

        Steps = state.Get<IntegerTensor>(StepCount).Values.Span[0];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(_optimisers, optimiser => optimiser.Dispose());
        Array.ForEach(_sums, sum => sum.Dispose());
    }

    private void Learn(Variable[] gradients)
    {
        GradientNorm = Math.Sqrt(gradients.Sum(gradient => _model.Backend.SumOfSquares(gradient.Value)));
        Steps++;
        int first = 0;
        for (int i = 0; i < _optimisers.Length; i++)
        {
            ReadOnlySpan<Variable> ofLevel = gradients.AsSpan(first, _optimisers[i].Group.Count);
            first += ofLevel.Length;
            int period = _model.Periods[i];
            if (period == 1)
            {
                _optimisers[i].Step(ofLevel);
                Restart(i);
                continue;
            }

            _sums[i].Add(ofLevel);
            StepAtEndOf(period, i);
        }
    }

    private void Learn(GradientSum[] levels)
    {
        GradientNorm = Math.Sqrt(levels.Sum(level => SumOfSquares(level.Values)));
        Steps++;
        for (int i = 0; i < _optimisers.Length; i++)
        {
            int period = _model.Periods[i];
            if (period == 1)
            {
                _optimisers[i].Step(levels[i].Values);
                Restart(i);
                continue;
            }

            _sums[i].AddAsOne(levels[i]);
            StepAtEndOf(period, i);
        }
    }

    /// <summary>The last period ends with the training, however short it is.</summary>
    private void StepAtEndOf(int period, int level)
    {
        if (Steps % period == 0 || Steps == _settings.Steps)
        {
            _optimisers[level].Step(_sums[level]);
            Restart(level);
        }
    }

    /// <summary>Sets those parameters of a level that has stepped to 0 whose slower level's period has ended, counted in the level's steps.</summary>
    private void Restart(int level)
    {
        foreach (Parameter parameter in _model.Parameters[level].Where(_model.Restarts.ContainsKey))
        {
            if (_optimisers[level].Steps % (_model.Restarts[parameter] / _model.Periods[level]) == 0)
            {
                Tensor moved = parameter.Value;
                parameter.Value = _model.Backend.Fill(moved.Shape, 0);
                moved.Dispose();
            }
        }
    }

    private double SumOfSquares(ReadOnlySpan<Gradient> gradients)
    {
        double sum = 0;
        foreach (Gradient gradient in gradients)
        {
            sum += _model.Backend.SumOfSquares(gradient.Value);
        }

        return sum;
    }

    private static string Prefix(string part, int level) => FormattableString.Invariant($"{part}{level}/");
}
