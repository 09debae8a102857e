using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>
/// Runs the tiers' own hosts and state machines under virtual time, with a network, disks, clocks and processes that
/// misbehave as a seed says, and checks at every step what must always hold.
/// </summary>
public static class Simulator
{
    /// <summary>Runs one seed, on the calling thread.</summary>
    /// <param name="seed">Fixes everything random.</param>
    /// <param name="settings">What is simulated.</param>
    /// <param name="isTraced">Whether what happens is written down; it changes nothing else.</param>
    /// <exception cref="InvalidSimulationException">A setting is out of its range.</exception>
    public static SimulationResult Run(int seed, SimulationSettings settings, bool isTraced = false) =>
        Run(seed, settings, new Wiring(), isTraced);

    internal static SimulationResult Run(int seed, SimulationSettings settings, Wiring wiring, bool isTraced = false)
    {
        settings.Validate();
        World world = new(seed, settings, wiring, isTraced);
        world.Trace.Add("simulator", $"seed {seed}, {world.Plan.Tenants.Count} tenants, {world.Plan.EventCount} events, {world.Plan.Settings}");
        RunAlone(world);
        return new SimulationResult(seed, world.Invariants.Violation)
        {
            Events = world.Plan.EventCount,
            Steps = world.Agenda.Steps,
            VirtualTime = world.Agenda.Now,
            Versions = world.Invariants.Versions,
            Rollbacks = world.Invariants.CountOf(FoldOutcome.RolledBack),
            Replays = world.Invariants.CountOf(FoldOutcome.Replayed),
            Forgotten = world.Invariants.CountOf(FoldOutcome.Forgotten),
            Messages = world.Network.Sent,
            Restarts = world.Silos.Sum(silo => silo.Restarts),
            Fingerprint = Fingerprint(world.Store),
            Trace = world.Trace.Lines,
        };
    }

    /// <summary>A context of the caller's would take the nodes' work to its own threads.</summary>
    private static void RunAlone(World world)
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            world.Run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private static uint Fingerprint(SimulatedStore store)
    {
        uint hash = 2166136261;
        foreach ((string key, StoredState state) in store.States)
        {
            foreach (char letter in key)
            {
                hash = (hash ^ letter) * 16777619;
            }

            foreach (byte value in state.Bytes.Span)
            {
                hash = (hash ^ value) * 16777619;
            }
        }

        return hash;
    }
}
