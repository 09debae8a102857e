using NestedLearning.Gateway.Dashboard.Parts;
using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Dashboard.Tenants;

/// <summary>A tenant, in the list of all.</summary>
/// <param name="Tenant">Its name.</param>
/// <param name="Look">What passed through this process; null for nothing.</param>
public sealed record TenantRow(TenantId Tenant, TenantLook? Look);

/// <summary>Tenants of a model, by name.</summary>
/// <param name="Prefix">What their names begin with.</param>
/// <param name="Rows">Some of them.</param>
/// <param name="Measure">By what is told how well they know what they learn.</param>
public sealed record TenantsView(string Prefix, IReadOnlyList<TenantRow> Rows, Measure Measure)
{
    /// <summary>Only tenants after this one are shown; null for the first.</summary>
    public TenantId? After { get; init; }

    /// <summary>Whether there are more after the last one.</summary>
    public bool HasMore { get; init; }

    /// <summary>Whether the caller's key may list them; else it opens those whose names its holder knows.</summary>
    public bool IsListed { get; init; }
}
