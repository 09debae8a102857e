using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>What a memory was told is durable is in the level's durable state, from then on.</summary>
internal sealed class LevelReceiptsHold : Invariant
{
    private readonly Dictionary<TenantId, long> _told = [];

    public override string Promise => "a receipt to a memory never calls durable what a crash can lose";

    public override string? OnLevelReceipt(DurableWorld durable, TenantId tenant, Receipt receipt)
    {
        if (receipt.DurableThrough > receipt.AppliedThrough)
        {
            return $"{tenant} is told that {receipt.DurableThrough} is durable and only {receipt.AppliedThrough} applied";
        }

        _told[tenant] = Math.Max(_told.GetValueOrDefault(tenant), receipt.DurableThrough);
        return Check(durable, tenant);
    }

    public override string? OnLevelSaved(DurableWorld durable) =>
        _told.Keys.Select(tenant => Check(durable, tenant)).FirstOrDefault(problem => problem is not null);

    private string? Check(DurableWorld durable, TenantId tenant)
    {
        long told = _told.GetValueOrDefault(tenant);
        long kept = durable.Level.Mark(tenant);
        return kept < told ? $"{tenant} was told that its update {told} is durable, and a crash leaves {kept}" : null;
    }
}
