using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Tenants;

/// <summary>
/// The page of tenants: those that were fed through this process, and those whose updates are in the newest versions. Who is in
/// neither is found by the whole name.
/// </summary>
internal static class TenantsEndpoint
{
    private const int MaxRows = 100;
    private const int MaxVersions = 100;
    private const int MaxSearchLength = 128;

    public static async Task ShowAsync(PageCall call)
    {
        ModelId model = call.Api.Model;
        string search = call.Context.Request.Query["q"].ToString().Trim().ToLowerInvariant();
        search = search.Length > MaxSearchLength ? search[..MaxSearchLength] : search;

        Dictionary<TenantId, long> folded = await FoldedAsync(call, model);
        Dictionary<TenantId, TenantLook> looks = call.Recorder.Look(model).Tenants.ToDictionary(tenant => tenant.Tenant);
        TenantRow[] known =
        [
            .. looks.Keys.Union(folded.Keys).Where(call.Knows)
                .Select(tenant => new TenantRow(tenant, looks.GetValueOrDefault(tenant), folded.GetValueOrDefault(tenant))),
        ];
        TenantRow[] found =
        [
            .. known.Where(row => row.Tenant.Value.Contains(search, StringComparison.Ordinal))
                .OrderByDescending(row => row.Look?.LastSeen ?? DateTimeOffset.MinValue)
                .ThenBy(row => row.Tenant.Value, StringComparer.Ordinal),
        ];
        TenantsView view = new(search, found[..Math.Min(MaxRows, found.Length)], found.Length, known.Length);
        await call.AnswerAsync<TenantsPage>(call.Frame("Tenants", model, PageTab.Tenants), view);
    }

    /// <summary>The events of each source in the newest versions.</summary>
    private static async Task<Dictionary<TenantId, long>> FoldedAsync(PageCall call, ModelId model)
    {
        Dictionary<TenantId, long> folded = [];
        foreach (LevelStatus level in await call.Cluster.GetLevelsAsync(model, call.Stop))
        {
            foreach (VersionRecord version in await call.Cluster.GetVersionsAsync(model, level.Level, long.MaxValue, MaxVersions, call.Stop))
            {
                foreach (FoldedSource source in version.Entry.Sources)
                {
                    TenantId tenant = new(source.Source);
                    folded[tenant] = folded.GetValueOrDefault(tenant) + source.Events;
                }
            }
        }

        return folded;
    }
}
