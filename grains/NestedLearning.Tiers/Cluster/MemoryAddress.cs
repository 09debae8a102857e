using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>Where a fast memory lives: one tenant's, or one worker's, of one model.</summary>
public readonly record struct MemoryAddress(ModelId Model, TenantId Tenant)
{
    /// <summary>The name under which this memory sends updates up.</summary>
    public SourceId Source => new(Tenant.Value);

    /// <inheritdoc/>
    public override string ToString() => $"{Model}/{Tenant}";
}
