using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>When a flush returns, what its receipt calls durable is in the durable level, or was and is in quarantine.</summary>
internal sealed class FlushedIsFolded : Invariant
{
    public override string Promise => "a flush returns when what it names is durable in the shared level";

    public override string? OnFlushed(DurableWorld durable, SourcePlan source, Receipt receipt)
    {
        for (int i = 0; i < receipt.DurableThrough; i++)
        {
            int number = source.First + i;
            if (durable.Level.Counts[number] + durable.Level.QuarantineCounts[number] != 1)
            {
                return $"event {i + 1} of {source} is flushed, and counts {durable.Level.Counts[number]} times in the level and {durable.Level.QuarantineCounts[number]} times in quarantine";
            }
        }

        return null;
    }
}
