namespace NestedLearning.Cli.Rendering;

/// <summary>A model's accuracy matrix, to be shown.</summary>
internal sealed record AccuracyGrid
{
    private readonly double?[][] _cells;

    /// <summary>Takes the matrix as the result's JSON has it.</summary>
    /// <param name="title">The model.</param>
    /// <param name="tasks">The names of the tasks in the order they were learned; at least one.</param>
    /// <param name="cells">
    /// [tasks, tasks]; <c>cells[i][j]</c> is the accuracy, 0 to 1, on task i after finishing task j; null where j &lt; i.
    /// </param>
    /// <exception cref="ArgumentException">There is no task, or the matrix is not square.</exception>
    public AccuracyGrid(string title, IReadOnlyList<string> tasks, double?[][] cells)
    {
        if (tasks.Count == 0 || cells.Length != tasks.Count || cells.Any(row => row.Length != tasks.Count))
        {
            throw new ArgumentException($"Expected a [{tasks.Count}, {tasks.Count}] matrix for as many tasks.", nameof(cells));
        }

        Title = title;
        Tasks = tasks;
        _cells = cells;
    }

    /// <summary>The model.</summary>
    public string Title { get; }

    /// <summary>The names of the tasks in the order they were learned.</summary>
    public IReadOnlyList<string> Tasks { get; }

    /// <summary>The number of tasks.</summary>
    public int Count => Tasks.Count;

    /// <summary>The accuracy on a task after finishing another; null if it was not measured.</summary>
    public double? this[int task, int after] => _cells[task][after] is { } value && double.IsFinite(value) ? value : null;
}
