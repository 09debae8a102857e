namespace NestedLearning.Tiers;

/// <summary>
/// How a stream of tasks is learned by W workers in synchronous rounds: which worker learns which event, and where
/// rounds and tasks end. It depends only on the stream and on the level's versions, so a run that was cut off goes on
/// from the newest version exactly as it would have.
/// </summary>
/// <remarks>
/// Every version holds a prefix of the stream. Where tasks have workers of their own, which fold without waiting for each
/// other, that takes a round to end with its task: else a version could hold the next task's events before this one's.
/// </remarks>
public sealed class TrainingPlan
{
    private readonly int[] _workers;
    private readonly long[] _taskEnds;
    private readonly bool _roundsEndWithTasks;

    /// <summary>Plans a stream.</summary>
    /// <param name="labels">The class of every event, in order.</param>
    /// <param name="taskEnds">The position after the last event of every task, rising; the last one is the number of events.</param>
    /// <param name="workers">How many workers, at least 1; without meaning where every task has its own.</param>
    /// <param name="split">How the stream is cut over them.</param>
    public TrainingPlan(IReadOnlyList<string> labels, IReadOnlyList<long> taskEnds, int workers, StreamSplit split)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        if (taskEnds.Count == 0 || taskEnds[^1] != labels.Count)
        {
            throw new ArgumentException($"The tasks have to end at {labels.Count}, the number of events.", nameof(taskEnds));
        }

        if (taskEnds[0] < 0 || taskEnds.Zip(taskEnds.Skip(1)).Any(pair => pair.First > pair.Second))
        {
            throw new ArgumentException("The end of a task lies before the one of the task before.", nameof(taskEnds));
        }

        _taskEnds = [.. taskEnds];
        _roundsEndWithTasks = split == StreamSplit.Task;
        Workers = split == StreamSplit.Task ? _taskEnds.Length : workers;
        _workers = new int[labels.Count];
        Dictionary<string, int> classes = new(StringComparer.Ordinal);
        for (int i = 0; i < labels.Count; i++)
        {
            classes.TryAdd(labels[i], classes.Count);
            _workers[i] = split switch
            {
                StreamSplit.Shard => i % workers,
                StreamSplit.Class => classes[labels[i]] % workers,
                _ => TaskAt(i),
            };
        }
    }

    /// <summary>The number of workers.</summary>
    public int Workers { get; }

    /// <summary>The number of events.</summary>
    public long Events => _workers.Length;

    /// <summary>The worker that learns the event at a position.</summary>
    public int WorkerOf(long position) => _workers[position];

    /// <summary>The stretch that follows, or null at the end of the stream.</summary>
    /// <param name="position">What has been learned.</param>
    /// <param name="folded">What the newest version contains; the open round starts there.</param>
    /// <param name="period">How many events the open round takes.</param>
    public RunSegment? Next(long position, long folded, long period)
    {
        if (position >= Events)
        {
            return null;
        }

        int task = TaskAt(position);
        long roundEnd = Math.Clamp(folded + period, position, _roundsEndWithTasks ? _taskEnds[task] : Events);
        long end = Math.Min(roundEnd, _taskEnds[task]);
        return new RunSegment(position, end, end == roundEnd, end == _taskEnds[task] ? task : null);
    }

    /// <summary>How many tasks have ended at a position.</summary>
    public int TasksEndedAt(long position) => _taskEnds.Count(end => end <= position);

    private int TaskAt(long position) => Array.FindIndex(_taskEnds, end => end > position);
}
