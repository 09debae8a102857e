using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Home;

/// <summary>The list of models.</summary>
internal static class HomeEndpoint
{
    /// <summary>So many models are asked what they hold, for asking loads their levels.</summary>
    private const int MaxAsked = 24;

    public static async Task ShowAsync(PageCall call)
    {
        bool isAdmin = call.Allows(ApiScope.ModelAdmin);
        IReadOnlyList<ModelId> models = await ListAsync(call);
        HomeView view = new(
            await Task.WhenAll(models.Select(async (model, i) => new HomeModel(model, LookFor(call, model), PathFor(model, isAdmin))
            {
                Consolidated = isAdmin && i < MaxAsked ? await ConsolidatedAsync(call, model) : null,
            })),
            [.. (call.Api.Caller.Key?.Scopes ?? new HashSet<ApiScope>()).Order().Select(ApiScopes.NameOf)])
        {
            Deleted = call.Context.Request.Query["deleted"] is [{ } name] && isAdmin && !models.Contains(new ModelId(name)) ? new ModelId(name) : null,
        };
        await call.AnswerAsync<HomePage>(call.Frame("Models") with { IsLive = true }, view);
    }

    /// <summary>Leads to a model that somebody knows by name.</summary>
    public static Task OpenAsync(PageCall call)
    {
        ModelId model = new(call.Context.Request.Query["model"].ToString().Trim());
        call.GoTo(PathFor(model, call.Allows(ApiScope.ModelAdmin)));
        return Task.CompletedTask;
    }

    /// <summary>All models for who may list them, as in the API; for who reads tenants, those that such tenants were seen to use.</summary>
    private static async Task<IReadOnlyList<ModelId>> ListAsync(PageCall call) =>
        call.Allows(ApiScope.ModelAdmin) ? await call.Cluster.GetModelsAsync(call.Stop)
        : call.Allows(ApiScope.TenantRead) ? [.. call.Recorder.Models.Where(model => call.Recorder.Look(model).Tenants.Any(tenant => call.Knows(tenant.Tenant)))]
        : [];

    private static async Task<long?> ConsolidatedAsync(PageCall call, ModelId model)
    {
        try
        {
            return (await call.Cluster.GetLevelsAsync(model, call.Stop)).Select(level => level.Events).DefaultIfEmpty().Max();
        }
        catch (UnknownModelException)
        {
            return null; // It is being made, or deleted.
        }
    }

    private static string PathFor(ModelId model, bool isAdmin) => isAdmin ? PagePaths.Model(model) : PagePaths.Tenants(model);

    /// <summary>Of a key that is bound to tenants nobody but those is told of.</summary>
    private static ModelLook LookFor(PageCall call, ModelId model)
    {
        ModelLook look = call.Recorder.Look(model);
        if (call.Api.Caller.Key?.Tenants is null)
        {
            return look;
        }

        TenantLook[] own = [.. look.Tenants.Where(tenant => call.Knows(tenant.Tenant))];
        return new ModelLook(own.Aggregate(default(Score), (sum, tenant) => sum + tenant.Total), own);
    }
}
