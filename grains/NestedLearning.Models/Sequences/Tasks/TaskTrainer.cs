namespace NestedLearning.Models;

/// <summary>Trains a sequence model on streams of a task; only what is asked counts. Not safe for concurrent use.</summary>
public sealed class TaskTrainer : IDisposable
{
    private readonly SequenceLearner _learner;
    private readonly IEnumerator<TaskBatch> _batches;

    /// <summary>A training that begins.</summary>
    /// <param name="model">The model, which stays the caller's.</param>
    /// <param name="settings">How it learns; the length of windows has no meaning here.</param>
    /// <param name="batches">What it learns from, at least one batch for each step.</param>
    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    public TaskTrainer(SequenceModel model, SequenceTrainingSettings settings, IEnumerable<TaskBatch> batches)
    {
        _learner = new SequenceLearner(model, settings);
        _batches = batches.GetEnumerator();
    }

    /// <summary>The steps taken.</summary>
    public long Steps => _learner.Steps;

    /// <summary>Learns from the next batch.</summary>
    /// <returns>The loss before it, in nats for each token of an answer.</returns>
    /// <exception cref="InvalidOperationException">There is no batch left.</exception>
    /// <exception cref="NotFiniteGradientException">A gradient holds a NaN or an infinity.</exception>
    public double Step()
    {
        if (!_batches.MoveNext())
        {
            throw new InvalidOperationException($"After {Steps} steps there is no batch left.");
        }

        TaskBatch batch = _batches.Current;
        return _learner.Step(batch.Tokens, batch.Streams, batch.Loss);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _learner.Dispose();
        _batches.Dispose();
    }
}
