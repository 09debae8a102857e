namespace NestedLearning.Simulation;

/// <summary>
/// Checked against what a crash right now would leave: an event that a memory's state has applied is either in the level, or in its
/// quarantine, or kept by the memory, once; one that it has not applied is nowhere.
/// </summary>
internal sealed class EventsCountOnce : Invariant
{
    public override string Promise => "every applied event counts exactly once, whatever crashes now";

    public override string? OnMemorySaved(DurableWorld durable, DurableMemory memory)
    {
        foreach (SourcePlan source in durable.Leaving.Contains(memory.Tenant) ? [] : memory.Sources)
        {
            long applied = memory.Applied(source.Source);
            for (int i = 0; i < source.Events.Count; i++)
            {
                int number = source.First + i;
                int expected = i < applied ? 1 : 0;
                int found = durable.Level.Counts[number] + durable.Level.QuarantineCounts[number] + memory.Counts[number];
                if (found != expected)
                {
                    return $"event {i + 1} of {source} counts {durable.Level.Counts[number]} times in the level, {durable.Level.QuarantineCounts[number]} times in quarantine and "
                        + $"{memory.Counts[number]} times in the memory, which has applied {applied}";
                }
            }
        }

        return null;
    }
}
