namespace NestedLearning.Simulation;

/// <summary>
/// One life of a process: from its start to its end, by crash or not. What it planned does not happen after that, and
/// answers to it reach nobody.
/// </summary>
internal sealed class NodeLife
{
    private readonly World _world;
    private readonly NodeTasks _tasks;

    public NodeLife(World world, int node, string name)
    {
        _world = world;
        _tasks = new NodeTasks(world.Ready);
        Node = node;
        Name = name;
        FaultProfile faults = world.Faults;
        Clock = new SkewedClock(
            this,
            world.Chance.Between(-faults.ClockOffset, faults.ClockOffset),
            1 + ((world.Chance.Fraction() - 0.5) * 2 * faults.ClockDrift));
    }

    /// <summary>Its place in the network.</summary>
    public int Node { get; }

    public string Name { get; }

    public bool IsAlive { get; private set; } = true;

    public SkewedClock Clock { get; }

    public TaskScheduler Tasks => _tasks;

    /// <summary>The true time, which no node can see.</summary>
    public TimeSpan Now => _world.Agenda.Now;

    /// <summary>How much of what it began has not ended.</summary>
    public int Running { get; private set; }

    public void End()
    {
        IsAlive = false;
        _tasks.End();
    }

    public void After(TimeSpan delay, Action action) => _world.Agenda.After(
        delay,
        () =>
        {
            if (IsAlive)
            {
                action();
            }
        });

    public Task Delay(TimeSpan delay)
    {
        TaskCompletionSource passed = new();
        After(delay, passed.SetResult);
        return passed.Task;
    }

    /// <summary>Begins a piece of work. It handles what may go wrong; anything else is a defect.</summary>
    public void Start(Func<Task> work) => _ = Task.Factory.StartNew(
        () => WatchAsync(work), CancellationToken.None, TaskCreationOptions.DenyChildAttach, _tasks);

    private async Task WatchAsync(Func<Task> work)
    {
        Running++;
        try
        {
            await work();
        }
        catch (Exception error)
        {
            _world.Invariants.FailUnexpectedly(Name, error);
        }
        finally
        {
            Running--;
        }
    }
}
