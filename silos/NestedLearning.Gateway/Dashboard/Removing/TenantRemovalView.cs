using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Removing;

/// <summary>What is confirmed before a tenant is taken out of a model.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Status">How its memory stands.</param>
/// <param name="IsForgettable">Whether the model was made so that every tenant can be taken out.</param>
/// <param name="Name">What was typed.</param>
public sealed record TenantRemovalView(TenantId Tenant, MemoryStatus Status, bool IsForgettable, TypedName Name);

/// <summary>What the removal of a tenant came to.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Report">What was removed.</param>
public sealed record TenantRemovedView(TenantId Tenant, ForgetReport Report)
{
    /// <summary>Whether there was anything of it.</summary>
    public bool HadAnything => Report.HadMemory || Report.Levels.Any(level => level.Version is not null);
}
