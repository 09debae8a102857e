namespace NestedLearning.Models;

/// <summary>Batches of a task without end, the same for the same seed. Those for training and for testing are drawn from different numbers.</summary>
public static class TaskBatches
{
    /// <summary>Batches to learn from.</summary>
    /// <param name="task">The task.</param>
    /// <param name="streams">The streams of each batch.</param>
    /// <param name="seed">0 to 1,073,741,823.</param>
    public static IEnumerable<TaskBatch> ForTraining(this ISequenceTask task, int streams, int seed = 1) => Draw(task, streams, NumbersOf(seed, 0));

    /// <summary>Batches to be scored on.</summary>
    /// <inheritdoc cref="ForTraining"/>
    public static IEnumerable<TaskBatch> ForTesting(this ISequenceTask task, int streams, int seed = 1) => Draw(task, streams, NumbersOf(seed, 1));

    private static int NumbersOf(int seed, int purpose)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seed, int.MaxValue / 2);
        return (2 * seed) + purpose;
    }

    private static IEnumerable<TaskBatch> Draw(ISequenceTask task, int streams, int seed)
    {
        Random random = new(seed);
        while (true)
        {
            yield return task.Draw(random, streams);
        }
    }
}
