namespace NestedLearning.Simulation;

/// <summary>A node of the cluster: it starts, crashes or stops, and starts again.</summary>
internal sealed class Silo(World world, int node)
{
    private int _lives;

    public int Node => node;

    /// <summary>What runs there; null while it is down.</summary>
    public SiloLife? Current { get; private set; }

    public int Restarts => _lives - 1;

    public void Start()
    {
        Current = new SiloLife(world, node, $"node {node}.{++_lives}");
        world.Trace.Add(Current.Life.Name, "starts");
    }

    /// <summary>Ends in the middle of whatever it does.</summary>
    public void Crash()
    {
        if (Current is { } life)
        {
            world.Trace.Add(life.Life.Name, "crashes");
            life.Life.End();
            Current = null;
        }
    }

    /// <summary>Takes no more calls, saves what it can for a while, and ends.</summary>
    public void Stop(TimeSpan patience)
    {
        if (Current is { } life)
        {
            world.Trace.Add(life.Life.Name, "stops");
            Current = null;
            life.GiveUpAll();
            life.Life.After(patience, life.Life.End);
        }
    }
}
