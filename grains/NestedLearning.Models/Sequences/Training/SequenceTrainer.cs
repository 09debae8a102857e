using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Trains a sequence model on windows of a text. Each level sums its gradients over its period and steps once at the end of it (Nested
/// Learning, Eq. 71), whose mean its optimiser takes. Not safe for concurrent use.
/// </summary>
/// <remarks>What it does follows from the settings and the text alone: a run that was saved goes on as if it had never stopped.</remarks>
public sealed class SequenceTrainer : IDisposable
{
    private const string StepCount = "train/step";

    private readonly SequenceModel _model;
    private readonly SequenceTrainingSettings _settings;
    private readonly ReadOnlyMemory<int> _text;
    private readonly Optimiser[] _optimisers;
    private readonly GradientSum[] _sums;

    /// <summary>A training that begins.</summary>
    /// <param name="model">The model, which stays the caller's.</param>
    /// <param name="settings">How it learns.</param>
    /// <param name="text">What it learns from.</param>
    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    /// <exception cref="ArgumentException">The text is shorter than a window and the token after it.</exception>
    public SequenceTrainer(SequenceModel model, SequenceTrainingSettings settings, ReadOnlyMemory<int> text)
    {
        settings.Validate();
        _model = model;
        _settings = settings;
        _text = text;
        _ = TokenWindows.Draw(text, 1, settings.Length, settings.Seed, 0);
        _optimisers = [.. model.Parameters.Zip(model.Periods, (group, period) => new Optimiser(model.Backend, group, settings.OfPeriod(period)))];
        _sums = [.. model.Parameters.Select(group => new GradientSum(model.Backend, group))];
    }

    /// <summary>The steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Learns from the windows of the next step.</summary>
    /// <returns>The loss before it, in nats a token.</returns>
    /// <exception cref="NotFiniteGradientException">A gradient holds a NaN or an infinity.</exception>
    public double Step()
    {
        TokenWindows windows = TokenWindows.Draw(_text, _settings.Batch, _settings.Length, _settings.Seed, Steps);
        using Tape tape = new(_model.Backend);
        BoundParameters parameters = new(tape, _model.Parameters);
        Variable loss = CrossEntropy.Mean(_model.Read(parameters, windows.Tokens, windows.Count, null).Logits, windows.Targets);
        double before = loss.ToArray()[0];
        Learn(tape.Gradients(loss, [.. parameters.Groups.SelectMany(group => group)]));
        return before;
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
                continue;
            }

            // The last period ends with the training, however short it is.
            _sums[i].Add(ofLevel);
            if (Steps % period == 0 || Steps == _settings.Steps)
            {
                _optimisers[i].Step(_sums[i]);
            }
        }
    }

    private static string Prefix(string part, int level) => FormattableString.Invariant($"{part}{level}/");
}
