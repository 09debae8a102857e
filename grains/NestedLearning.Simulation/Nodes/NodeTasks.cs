namespace NestedLearning.Simulation;

/// <summary>
/// The work of one life of a node. Everything that its code awaits goes on here, so the order of all work follows from the
/// seed; and when the node crashes, whatever was still to run never runs.
/// </summary>
internal sealed class NodeTasks(ReadyTasks ready) : TaskScheduler
{
    private bool _hasEnded;

    public void End() => _hasEnded = true;

    public void Run(Task task)
    {
        if (!_hasEnded)
        {
            TryExecuteTask(task);
        }
    }

    protected override void QueueTask(Task task) => ready.Add(this, task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}

/// <summary>What all nodes can do now, in the order in which it became possible.</summary>
internal sealed class ReadyTasks
{
    private const int MostAtOnce = 100_000;

    private readonly Queue<(NodeTasks Owner, Task Task)> _ready = new();

    public void Add(NodeTasks owner, Task task) => _ready.Enqueue((owner, task));

    /// <summary>Runs it all, and what follows from it, without any time passing.</summary>
    /// <returns>False when there is no end to it.</returns>
    public bool RunAll()
    {
        for (int run = 0; _ready.TryDequeue(out (NodeTasks Owner, Task Task) next); run++)
        {
            next.Owner.Run(next.Task);
            if (run > MostAtOnce)
            {
                return false;
            }
        }

        return true;
    }
}
