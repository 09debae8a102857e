namespace NestedLearning.Models;

/// <summary>Where an evaluation stands.</summary>
/// <param name="Learner">The learner's name.</param>
/// <param name="Task">The task now streaming or just finished.</param>
/// <param name="Events">The events learned so far.</param>
/// <param name="TotalEvents">The events of the whole stream.</param>
public readonly record struct ContinualProgress(string Learner, string Task, int Events, int TotalEvents);

/// <summary>What a learner reached on a stream.</summary>
/// <param name="Learner">The learner's name.</param>
/// <param name="Events">The events learned.</param>
/// <param name="Accuracy">Accuracy on each task after each task.</param>
/// <param name="Prequential">Accuracy of the answers given before each event was learned.</param>
public sealed record ContinualResult(string Learner, int Events, AccuracyMatrix Accuracy, PrequentialAccuracy Prequential);

/// <summary>
/// Streams tasks through a learner in one pass: every event is answered first and learned then, and after each task
/// all tasks so far are measured.
/// </summary>
public static class ContinualEvaluation
{
    private const int EventsPerReport = 500;

    /// <summary>Runs <paramref name="learner"/>, which is new, over <paramref name="stream"/>.</summary>
    /// <param name="learner">Changed in place.</param>
    /// <param name="stream">The tasks with their keys.</param>
    /// <param name="progress">Called every few hundred events and at the end of each task.</param>
    /// <param name="cancellationToken">Stops between two events.</param>
    public static ContinualResult Run(
        IContinualLearner learner,
        KeyedTaskStream stream,
        Action<ContinualProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var accuracy = new AccuracyMatrix([.. stream.Tasks.Select(task => task.Test.Count)]);
        var prequential = new PrequentialAccuracy();
        int total = stream.Events;
        int events = 0;
        for (int current = 0; current < stream.Tasks.Count; current++)
        {
            KeyedTask task = stream.Tasks[current];
            foreach (KeyedExample example in task.Train)
            {
                cancellationToken.ThrowIfCancellationRequested();
                prequential.Add(learner.Predict(example.Key) == example.Label);
                learner.Learn(example.Key, example.Label);
                if (++events % EventsPerReport == 0)
                {
                    progress?.Invoke(new ContinualProgress(learner.Name, task.Name, events, total));
                }
            }

            learner.EndTask();
            accuracy.Finish([.. stream.Tasks.Take(current + 1).Select(seen => CountCorrect(learner, seen, cancellationToken))]);
            progress?.Invoke(new ContinualProgress(learner.Name, task.Name, events, total));
        }

        return new ContinualResult(learner.Name, events, accuracy, prequential);
    }

    private static int CountCorrect(IContinualLearner learner, KeyedTask task, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return task.Test.Count(example => learner.Predict(example.Key) == example.Label);
    }
}
