namespace NestedLearning.Models;

/// <summary>
/// The accuracy on each task after finishing each task of a stream: row = task measured, column = task just finished.
/// It grows by one column per finished task.
/// </summary>
/// <param name="testCounts">The number of test examples of each task; a task with 0 is left out of the figures.</param>
public sealed class AccuracyMatrix(IReadOnlyList<int> testCounts)
{
    private readonly List<int[]> _columns = [];

    /// <summary>The number of tasks, finished or not.</summary>
    public int Tasks => testCounts.Count;

    /// <summary>The number of finished tasks.</summary>
    public int Finished => _columns.Count;

    /// <summary>Accuracy on a task after finishing another; null where the task came later, or without test examples.</summary>
    public double? this[int task, int after] =>
        task > after || after >= Finished || testCounts[task] == 0
            ? null
            : (double)_columns[after][task] / testCounts[task];

    /// <summary>
    /// The mean over the finished tasks of the accuracy after the last finished one (average accuracy in Lopez-Paz and
    /// Ranzato, 2017); 0 when none is finished.
    /// </summary>
    public double FinalAccuracy =>
        Enumerable.Range(0, Finished).Where(task => testCounts[task] > 0)
            .Select(task => (double)_columns[^1][task] / testCounts[task]).DefaultIfEmpty().Average();

    /// <summary>
    /// Mean over the finished tasks but the last of (best accuracy so far minus the present one); 0 when only one is finished.
    /// </summary>
    public double AverageForgetting =>
        Enumerable.Range(0, Math.Max(0, Finished - 1)).Where(task => testCounts[task] > 0)
            .Select(Forgetting).DefaultIfEmpty().Average();

    /// <summary>Adds the column of the next finished task: the correct answers on each task up to and including it.</summary>
    public void Finish(IReadOnlyList<int> correct)
    {
        if (Finished == Tasks)
        {
            throw new InvalidOperationException($"All {Tasks} tasks are finished.");
        }

        if (correct.Count != Finished + 1)
        {
            throw new ArgumentException($"There are {correct.Count} counts, expected {Finished + 1}.", nameof(correct));
        }

        _columns.Add([.. correct]);
    }

    /// <summary>All cells as rows of the finished columns, for a report.</summary>
    public double?[][] ToRows() =>
        [.. Enumerable.Range(0, Tasks).Select(task => Enumerable.Range(0, Finished).Select(after => this[task, after]).ToArray())];

    private double Forgetting(int task)
    {
        int best = _columns.Skip(task).Max(column => column[task]);
        return (double)(best - _columns[^1][task]) / testCounts[task];
    }
}
