using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>What a client was told is durable is in the memory's durable state, from then on.</summary>
internal sealed class ClientReceiptsHold : Invariant
{
    private readonly Dictionary<(TenantId, SourceId), long> _told = [];

    public override string Promise => "a receipt to a client never calls durable what a crash can lose";

    public override string? OnClientReceipt(DurableWorld durable, SourcePlan source, Receipt receipt)
    {
        if (receipt.DurableThrough > receipt.AppliedThrough)
        {
            return $"{source} is told that {receipt.DurableThrough} is durable and only {receipt.AppliedThrough} applied";
        }

        (TenantId, SourceId) key = (source.Tenant, source.Source);
        _told[key] = Math.Max(_told.GetValueOrDefault(key), receipt.DurableThrough);
        return Check(durable.Memory(source.Tenant), source);
    }

    public override string? OnMemorySaved(DurableWorld durable, DurableMemory memory) =>
        memory.Sources.Select(source => Check(memory, source)).FirstOrDefault(problem => problem is not null);

    public override string? OnLeaving(DurableWorld durable, TenantId tenant)
    {
        foreach (SourcePlan source in durable.Memory(tenant).Sources)
        {
            _told.Remove((tenant, source.Source));
        }

        return null;
    }

    private string? Check(DurableMemory memory, SourcePlan source)
    {
        long told = _told.GetValueOrDefault((source.Tenant, source.Source));
        long kept = memory.Applied(source.Source);
        return kept < told ? $"{source} was told that {told} is durable, and a crash leaves {kept}" : null;
    }
}
