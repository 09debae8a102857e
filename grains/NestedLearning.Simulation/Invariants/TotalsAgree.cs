namespace NestedLearning.Simulation;

/// <summary>A memory counts what it learned as its marks do.</summary>
internal sealed class TotalsAgree : Invariant
{
    public override string Promise => "a memory's totals are those of its marks";

    public override string? OnMemorySaved(DurableWorld durable, DurableMemory memory)
    {
        long applied = memory.Sources.Sum(source => memory.Applied(source.Source));
        return memory.Learned == applied ? null : $"{memory.Tenant} has learned {memory.Learned} events, and {applied} are applied";
    }
}
