namespace NestedLearning.Models;

/// <summary>What a learner of all data at once reached.</summary>
/// <param name="Learner">The learner's name.</param>
/// <param name="FinalAccuracy">The mean over the tasks of the share of correct answers.</param>
/// <param name="TaskAccuracy">The share for each task; null for a task without test examples.</param>
public sealed record JointResult(string Learner, double FinalAccuracy, IReadOnlyList<double?> TaskAccuracy);

/// <summary>Measures a learner that is given the training examples of all tasks at once.</summary>
public static class JointEvaluation
{
    /// <summary>Fits <paramref name="learner"/> on all of <paramref name="stream"/> and measures each task.</summary>
    public static JointResult Run(IJointLearner learner, KeyedTaskStream stream, CancellationToken cancellationToken = default)
    {
        learner.Fit([.. stream.Tasks.SelectMany(task => task.Train)], stream.Classes.Count, cancellationToken);
        double?[] accuracy = [.. stream.Tasks.Select(task => Accuracy(learner, task))];
        return new JointResult(learner.Name, accuracy.Average() ?? 0, accuracy);
    }

    private static double? Accuracy(IJointLearner learner, KeyedTask task) => task.Test.Count == 0
        ? null
        : (double)task.Test.Count(example => learner.Predict(example.Key) == example.Label) / task.Test.Count;
}
