namespace NestedLearning.Simulation;

/// <summary>
/// Carries messages between nodes: late, twice, in another order, or not at all. A node's messages to itself always
/// arrive, once.
/// </summary>
internal sealed class SimulatedNetwork(World world)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(20);

    private readonly HashSet<(int From, int To)> _cuts = [];

    /// <summary>The messages on their way.</summary>
    public int UnderWay { get; private set; }

    public long Sent { get; private set; }

    public long Lost { get; private set; }

    public long Repeated { get; private set; }

    /// <summary>Cuts a group of nodes off from all others, in one direction or both.</summary>
    public void Cut(IReadOnlyCollection<int> group, int nodes, bool isOneWay)
    {
        foreach (int inside in group)
        {
            foreach (int outside in Enumerable.Range(0, nodes).Except(group))
            {
                _cuts.Add((inside, outside));
                if (!isOneWay)
                {
                    _cuts.Add((outside, inside));
                }
            }
        }
    }

    public void Heal() => _cuts.Clear();

    public void Send(int from, int to, string what, Action deliver)
    {
        Sent++;
        if (from == to)
        {
            Deliver(TimeSpan.Zero, deliver);
            return;
        }

        FaultProfile faults = world.Faults;
        if (_cuts.Contains((from, to)) || world.Chance.Is(faults.Loss))
        {
            Lost++;
            world.Trace.Add("network", $"lost from node {from} to node {to}: {what}");
            return;
        }

        Deliver(Latency(faults), deliver);
        if (world.Chance.Is(faults.Repetition))
        {
            Repeated++;
            world.Trace.Add("network", $"twice from node {from} to node {to}: {what}");
            Deliver(Latency(faults), deliver);
        }
    }

    private TimeSpan Latency(FaultProfile faults) =>
        world.Chance.Between(Shortest, world.Chance.Is(faults.Lateness) ? faults.LongestLateness : Longest);

    private void Deliver(TimeSpan after, Action deliver)
    {
        UnderWay++;
        world.Agenda.After(
            after,
            () =>
            {
                UnderWay--;
                deliver();
            });
    }
}
