namespace NestedLearning.Simulation;

/// <summary>Once the faults have stopped, everybody gets done, and the level has every event, but for what is in quarantine or forgotten.</summary>
internal sealed class EverythingArrives : Invariant
{
    public override string Promise => "once the faults stop, everything becomes durable in the shared level or its quarantine";

    public override string? OnEnd(World world, DurableWorld durable)
    {
        foreach (SourceClient client in world.Clients)
        {
            if (!client.IsOver)
            {
                return $"{client.Plan} has {client.Durable} of {client.Plan.Events.Count} events durable when the time is up";
            }
        }

        if (world.Operator is { IsDone: false })
        {
            return "the operator is not done when the time is up";
        }

        int[] wrong = [.. world.Plan.Sources
            .Where(source => !durable.Leaving.Contains(source.Tenant))
            .SelectMany(source => source.Numbers)
            .Where(number => durable.Level.Counts[number] + durable.Level.QuarantineCounts[number] != 1)];
        return wrong.Length == 0
            ? null
            : $"event {wrong[0]} of the run counts {durable.Level.Counts[wrong[0]]} times in the level and {durable.Level.QuarantineCounts[wrong[0]]} times in quarantine";
    }
}
