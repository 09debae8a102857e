using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Trains a sequence model on windows of a text. Not safe for concurrent use.</summary>
/// <remarks>What it does follows from the settings and the text alone: a run that was saved goes on as if it had never stopped.</remarks>
public sealed class SequenceTrainer : IDisposable
{
    private readonly SequenceLearner _learner;
    private readonly SequenceTrainingSettings _settings;
    private readonly ReadOnlyMemory<int> _text;

    /// <summary>A training that begins.</summary>
    /// <param name="model">The model, which stays the caller's.</param>
    /// <param name="settings">How it learns.</param>
    /// <param name="text">What it learns from.</param>
    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    /// <exception cref="ArgumentException">The text is shorter than a window and the token after it.</exception>
    public SequenceTrainer(SequenceModel model, SequenceTrainingSettings settings, ReadOnlyMemory<int> text)
    {
        settings.Validate();
        _settings = settings;
        _text = text;
        _ = TokenWindows.Draw(text, 1, settings.Length, settings.Seed, 0);
        _learner = new SequenceLearner(model, settings);
    }

    /// <summary>The steps taken.</summary>
    public long Steps => _learner.Steps;

    /// <inheritdoc cref="SequenceLearner.GradientNorm"/>
    public double GradientNorm => _learner.GradientNorm;

    /// <summary>Learns from the windows of the next step.</summary>
    /// <returns>The loss before it, in nats a token.</returns>
    /// <exception cref="NotFiniteGradientException">A gradient holds a NaN or an infinity.</exception>
    public double Step()
    {
        TokenWindows windows = TokenWindows.Draw(_text, _settings.Batch, _settings.Length, _settings.Seed, Steps);
        return _learner.Step(windows.Tokens, windows.Count, logits => CrossEntropy.Mean(logits, windows.Targets));
    }

    /// <inheritdoc cref="SequenceLearner.Save"/>
    public TensorSet Save() => _learner.Save();

    /// <inheritdoc cref="SequenceLearner.Load"/>
    public void Load(TensorSet state) => _learner.Load(state);

    /// <inheritdoc/>
    public void Dispose() => _learner.Dispose();
}
