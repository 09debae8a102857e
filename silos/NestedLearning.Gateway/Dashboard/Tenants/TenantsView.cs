using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Dashboard.Tenants;

/// <summary>A tenant, in the list of all.</summary>
/// <param name="Tenant">Its name.</param>
/// <param name="Look">What passed through this process; null for nothing.</param>
/// <param name="Folded">Its events in the newest versions that are told of; 0 for none.</param>
public sealed record TenantRow(TenantId Tenant, TenantLook? Look, long Folded);

/// <summary>The tenants of a model, as far as they were seen.</summary>
/// <param name="Search">What their names have to contain.</param>
/// <param name="Rows">Those that do, who was fed last first.</param>
/// <param name="Found">How many do, shown or not.</param>
/// <param name="Known">How many there are to search in.</param>
public sealed record TenantsView(string Search, IReadOnlyList<TenantRow> Rows, int Found, int Known);
