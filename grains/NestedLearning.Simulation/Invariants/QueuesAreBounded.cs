using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>What waits somewhere stays below a bound that does not grow with time.</summary>
internal sealed class QueuesAreBounded(RunPlan plan) : Invariant
{
    private const int MaxStateBytes = 256 << 10;
    private const int RunningOfANode = 64;
    private const int UnderWayOfANode = 128;

    public override string Promise => "no queue grows without bound";

    public override string? OnMemorySaved(DurableWorld durable, DurableMemory memory)
    {
        RoundPolicy policy = plan.Settings.Policy;

        // Feeds stop at the policy's number, and a flush may end one more period.
        int most = (policy.Synchronous ? 1 : policy.MaxInFlight) + 1;
        return memory.UnderWay > most ? $"{memory.Tenant} has {memory.UnderWay} updates under way, accepted: {most}" : TooLong(memory.Tenant.Value, memory.SavedBytes);
    }

    public override string? OnLevelSaved(DurableWorld durable) => TooLong("the level", durable.Level.SavedBytes);

    public override string? OnKept(SourcePlan source, long events, FeederLimits limits) =>
        events > limits.MaxKeptEvents ? $"{source} keeps {events} events, accepted: {limits.MaxKeptEvents}" : null;

    public override string? OnStep(World world)
    {
        if (world.Network.UnderWay > UnderWayOfANode * world.NodeCount)
        {
            return $"{world.Network.UnderWay} messages are under way";
        }

        foreach (Silo silo in world.Silos)
        {
            if (silo.Current?.Life.Running > RunningOfANode)
            {
                return $"{silo.Current.Life.Name} has {silo.Current.Life.Running} calls that have not ended";
            }
        }

        return null;
    }

    private static string? TooLong(string owner, int bytes) =>
        bytes > MaxStateBytes ? $"the state of {owner} has {bytes} bytes, accepted: {MaxStateBytes}" : null;
}
