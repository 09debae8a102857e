namespace NestedLearning.Simulation;

/// <summary>Once the faults have stopped, every client gets done, and the level has every event.</summary>
internal sealed class EverythingArrives : Invariant
{
    public override string Promise => "once the faults stop, everything becomes durable in the shared level";

    public override string? OnEnd(World world, DurableWorld durable)
    {
        foreach (SourceClient client in world.Clients)
        {
            if (!client.IsDone)
            {
                return $"{client.Plan} has {client.Durable} of {client.Plan.Events.Count} events durable when the time is up";
            }
        }

        int missing = Array.FindIndex(durable.Level.Counts, count => count != 1);
        return missing < 0 ? null : $"event {missing} of the run counts {durable.Level.Counts[missing]} times in the level";
    }
}
