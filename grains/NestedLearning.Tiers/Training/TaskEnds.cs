namespace NestedLearning.Tiers;

/// <summary>The tasks that end while a shard is learned, one after another; whoever learns it measures each where it ends.</summary>
public sealed class TaskEnds
{
    private readonly IReadOnlyList<RunTask> _tasks;
    private readonly long _last;

    /// <summary>The tasks that end in the stretch of a shard; none where the run does not measure.</summary>
    public TaskEnds(RunExtent extent, RunShard shard)
    {
        _tasks = extent.Tasks;
        _last = shard.End;
        Pass(shard.Start);
    }

    /// <summary>The task that ends next, from 0.</summary>
    public int Task { get; private set; }

    /// <summary>The position where it ends; beyond all positions when none is left.</summary>
    public long Next => Task < _tasks.Count && _tasks[Task].End <= _last ? _tasks[Task].End : long.MaxValue;

    /// <summary>The task is measured.</summary>
    public void MoveOn() => Task++;

    /// <summary>Passes over what was measured before, since the event at a position was learned after it.</summary>
    public void Pass(long position)
    {
        while (Next <= position)
        {
            MoveOn();
        }
    }
}
