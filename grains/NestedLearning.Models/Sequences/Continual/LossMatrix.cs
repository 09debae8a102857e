namespace NestedLearning.Models;

/// <summary>
/// How hard each task is after each was learned, in bits a byte or another unit of which less is better. Row i, column j: task i after
/// task j, which is known for j ≥ i.
/// </summary>
public sealed class LossMatrix
{
    private readonly double?[][] _losses;

    /// <summary>A matrix of which nothing is known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no task.</exception>
    public LossMatrix(int tasks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        _losses = [.. Enumerable.Range(0, tasks).Select(_ => new double?[tasks])];
    }

    /// <summary>The losses, task by task; null where they are not known.</summary>
    public IReadOnlyList<IReadOnlyList<double?>> Losses => _losses;

    /// <summary>The mean of each task just after it was learned.</summary>
    public double AverageWhenLearned => Enumerable.Range(0, _losses.Length).Average(i => this[i, i]);

    /// <summary>The mean of all tasks in the end.</summary>
    public double FinalAverage => _losses.Average(row => row[^1]!.Value);

    /// <summary>The mean over all tasks but the last of how much more a task costs in the end than at its best; 0 where there is one task.</summary>
    public double AverageForgetting => _losses.Length == 1 ? 0 : _losses[..^1].Average(row => row[^1]!.Value - row.Where(loss => loss is not null).Min()!.Value);

    /// <summary>One loss.</summary>
    /// <exception cref="InvalidOperationException">It is not known.</exception>
    public double this[int task, int after]
    {
        get => _losses[task][after] ?? throw new InvalidOperationException($"The loss of task {task} after task {after} is not known.");
        set => _losses[task][after] = value;
    }
}
