namespace NestedLearning.Simulation;

/// <summary>Lets nodes crash, the network fall apart, owners move and clocks jump, until the faults stop.</summary>
internal sealed class FaultDriver(World world)
{
    private static readonly TimeSpan ShortestOutage = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Detection = TimeSpan.FromSeconds(3);

    private int _partitions;

    public void Start()
    {
        FaultProfile faults = world.Faults;
        Repeat(faults.BetweenCrashes, EndSilo);
        Repeat(faults.BetweenClientCrashes, CrashClient);
        Repeat(world.Operator is null ? TimeSpan.Zero : faults.BetweenClientCrashes, CrashOperator);
        Repeat(faults.BetweenPartitions, Partition);
        Repeat(faults.BetweenMoves, MoveOwner);
        Repeat(faults.ClockOffset > TimeSpan.Zero ? TimeSpan.FromSeconds(10) : TimeSpan.Zero, PutClockForward);
        world.Agenda.After(faults.Duration, StopFaults);
    }

    private void Repeat(TimeSpan mean, Action fault)
    {
        if (mean > TimeSpan.Zero && world.Faults.Duration > TimeSpan.Zero)
        {
            world.Agenda.After(
                world.Chance.Wait(mean),
                () =>
                {
                    if (!world.AreFaultsOver)
                    {
                        fault();
                        Repeat(mean, fault);
                    }
                });
        }
    }

    private void EndSilo()
    {
        Silo silo = world.Chance.Pick(world.Silos);
        if (silo.Current is null)
        {
            return;
        }

        if (world.Chance.Is(0.25))
        {
            silo.Stop(TimeSpan.FromSeconds(2));
        }
        else
        {
            silo.Crash();
        }

        TimeSpan outage = world.Chance.Between(ShortestOutage, LongestOutage);
        if (outage > Detection)
        {
            world.Agenda.After(Detection, () => world.Placement.Evacuate([silo.Node]));
        }

        world.Agenda.After(outage, silo.Start);
    }

    private void CrashClient()
    {
        SourceClient client = world.Chance.Pick(world.Clients);
        client.Crash();
        world.Agenda.After(world.Chance.Between(ShortestOutage, LongestOutage), client.Start);
    }

    private void CrashOperator()
    {
        world.Operator!.Crash();
        world.Agenda.After(world.Chance.Between(ShortestOutage, LongestOutage), world.Operator.Start);
    }

    /// <summary>Where it lasts long enough, the others take over what belongs to those that are cut off, who go on all the same.</summary>
    private void Partition()
    {
        int[] group = [.. Enumerable.Range(0, world.NodeCount).Where(_ => world.Chance.Is(0.4))];
        int[] silos = [.. group.Where(node => node < world.Silos.Count)];
        int partition = ++_partitions;
        TimeSpan outage = world.Chance.Between(ShortestOutage, LongestOutage);
        bool isOneWay = world.Chance.Is(0.3);
        world.Trace.Add("network", $"cuts off {string.Join(", ", group)}{(isOneWay ? " one way" : "")}");
        world.Network.Heal();
        world.Network.Cut(group, world.NodeCount, isOneWay);
        if (outage > Detection)
        {
            world.Agenda.After(Detection, () => world.Placement.Evacuate(silos));
        }

        world.Agenda.After(outage, () => Heal(partition, silos));
    }

    private void Heal(int partition, int[] silos)
    {
        if (partition == _partitions)
        {
            world.Trace.Add("network", "heals");
            world.Network.Heal();
        }

        foreach (int silo in silos)
        {
            world.Silos[silo].Current?.GiveUpMoved();
        }
    }

    private void MoveOwner()
    {
        string owner = world.Chance.Pick([.. world.Placement.Owners]);
        Silo old = world.Silos[world.Placement.SiloOf(owner)];
        world.Placement.Move(owner, world.Chance.Between(0, world.Silos.Count));
        world.Agenda.After(world.Chance.Between(TimeSpan.Zero, LongestOutage), () => old.Current?.GiveUpMoved());
    }

    private void PutClockForward()
    {
        TimeSpan limit = world.Faults.ClockOffset;
        world.Chance.Pick(world.Silos).Current?.Life.Clock.PutForward(world.Chance.Between(-limit, limit));
    }

    private void StopFaults()
    {
        world.Trace.Add("simulator", "the faults stop");
        world.StopFaults();
        world.Network.Heal();
        foreach (Silo silo in world.Silos)
        {
            silo.Current?.GiveUpMoved();
        }
    }
}
