namespace NestedLearning.Models;

/// <summary>What a learner of all data at once reached.</summary>
/// <param name="Learner">The learner's name.</param>
/// <param name="FinalAccuracy">The share of correct answers over the test examples of all tasks.</param>
/// <param name="TaskAccuracy">The same for each task; null for a task without test examples.</param>
public sealed record JointResult(string Learner, double FinalAccuracy, IReadOnlyList<double?> TaskAccuracy);

/// <summary>Measures a learner that is given the training examples of all tasks at once.</summary>
public static class JointEvaluation
{
    /// <summary>Fits <paramref name="learner"/> on all of <paramref name="stream"/> and measures each task.</summary>
    public static JointResult Run(IJointLearner learner, KeyedTaskStream stream, CancellationToken cancellationToken = default)
    {
        learner.Fit([.. stream.Tasks.SelectMany(task => task.Train)], stream.Classes.Count, cancellationToken);
        int[] correct = [.. stream.Tasks.Select(task => task.Test.Count(example => learner.Predict(example.Key) == example.Label))];
        return new JointResult(
            learner.Name,
            (double)correct.Sum() / stream.Tasks.Sum(task => task.Test.Count),
            [.. stream.Tasks.Select((task, i) => task.Test.Count == 0 ? (double?)null : (double)correct[i] / task.Test.Count)]);
    }
}
