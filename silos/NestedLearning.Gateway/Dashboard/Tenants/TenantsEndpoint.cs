using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Dashboard.Parts;
using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Tenants;

/// <summary>The page of tenants: those that taught the model, or were fed through this process and have sent nothing yet.</summary>
internal static class TenantsEndpoint
{
    private const int PageSize = 100;
    private const int MaxPrefixLength = 128;

    public static async Task ShowAsync(PageCall call)
    {
        ModelId model = call.Api.Model;
        Measure measure = await call.MeasureAsync(model); // A model that is not there has no page.
        string prefix = call.Context.Request.Query["q"].ToString().Trim().ToLowerInvariant();
        TenantQuery query = new()
        {
            Prefix = prefix.Length > MaxPrefixLength ? prefix[..MaxPrefixLength] : prefix,
            After = call.Context.Request.Query["after"] is [{ } after] ? new TenantId(after) : null,
            Count = PageSize + 1,
        };
        Dictionary<TenantId, TenantLook> looks = (await call.LookAsync(model)).Tenants.ToDictionary(tenant => tenant.Tenant);
        TenantId[] found = [.. (await ListAsync(call, model, query, looks.Keys)).OrderBy(tenant => tenant.Value, StringComparer.Ordinal)];
        TenantsView view = new(query.Prefix, [.. found.Take(PageSize).Select(tenant => new TenantRow(tenant, looks.GetValueOrDefault(tenant)))], measure)
        {
            After = query.After,
            HasMore = found.Length > PageSize,
            IsListed = IsBound(call) || call.Allows(ApiScope.ModelAdmin),
        };
        await call.AnswerAsync<TenantsPage>(call.Frame("Tenants", model, PageTab.Tenants), view);
    }

    private static bool IsBound(PageCall call) => call.Api.Caller.Key?.Tenants is not null;

    /// <summary>What the caller may have listed, as in the API: a bound key its own, an administrator's all.</summary>
    private static async Task<IEnumerable<TenantId>> ListAsync(PageCall call, ModelId model, TenantQuery query, IEnumerable<TenantId> seen)
    {
        if (call.Api.Caller.Key?.Tenants is { } own)
        {
            return own.Where(IsAsked);
        }

        return call.Allows(ApiScope.ModelAdmin)
            ? (await call.Cluster.GetTenantsAsync(model, query, call.Stop)).Union(seen.Where(IsAsked))
            : [];

        bool IsAsked(TenantId tenant) =>
            tenant.Value.StartsWith(query.Prefix, StringComparison.Ordinal)
            && (query.After is not { } after || string.CompareOrdinal(tenant.Value, after.Value) > 0);
    }
}
