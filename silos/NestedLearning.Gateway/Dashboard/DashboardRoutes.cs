using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Dashboard.Assets;
using NestedLearning.Gateway.Dashboard.Downloads;
using NestedLearning.Gateway.Dashboard.Forgetting;
using NestedLearning.Gateway.Dashboard.Home;
using NestedLearning.Gateway.Dashboard.Learning;
using NestedLearning.Gateway.Dashboard.Overview;
using NestedLearning.Gateway.Dashboard.Removing;
using NestedLearning.Gateway.Dashboard.Schedules;
using NestedLearning.Gateway.Dashboard.Signing;
using NestedLearning.Gateway.Dashboard.Tenants;
using NestedLearning.Gateway.Dashboard.Versions;

namespace NestedLearning.Gateway.Dashboard;

/// <summary>Every page of the dashboard, and who may open it.</summary>
internal static class DashboardRoutes
{
    private const string Model = "/models/{model}";
    private const string Level = Model + "/levels/{level}/versions";

    public static void Map(IEndpointRouteBuilder routes)
    {
        MapSignIn(routes);
        PageRoute.Map(routes, null, HttpMethods.Get, "", HomeEndpoint.ShowAsync);
        PageRoute.Map(routes, null, HttpMethods.Get, "/open", HomeEndpoint.OpenAsync);
        PageRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Model, OverviewEndpoint.ShowAsync);
        PageRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Model + "/learning", LearningEndpoint.ShowAsync);
        PageRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Model + "/forgetting", ForgettingEndpoint.ShowAsync);
        PageRoute.Map(routes, ApiScope.TenantRead, HttpMethods.Get, Model + "/tenants", TenantsEndpoint.ShowAsync);
        PageRoute.Map(routes, ApiScope.TenantRead, HttpMethods.Get, Model + "/tenants/{tenant}", TenantEndpoint.ShowAsync);
        PageRoute.Map(routes, ApiScope.TenantRead, HttpMethods.Get, Model + "/tenants/{tenant}/export", DownloadEndpoints.TenantAsync);
        PageRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Model + "/tenants/{tenant}/delete", TenantRemovalEndpoint.AskAsync);
        PageRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Post, Model + "/tenants/{tenant}/delete", TenantRemovalEndpoint.RemoveAsync);
        PageRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Model + "/checkpoint", DownloadEndpoints.CheckpointAsync);
        PageRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Model + "/delete", ModelDeletionEndpoint.AskAsync);
        PageRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Post, Model + "/delete", ModelDeletionEndpoint.DeleteAsync);
        PageRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Model + "/versions", VersionsEndpoint.ShowFirstAsync);
        PageRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Level, VersionsEndpoint.ShowAsync);
        PageRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Level + "/{version}/rollback", RollbackEndpoint.AskAsync);
        PageRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Post, Level + "/{version}/rollback", RollbackEndpoint.RollBackAsync);
        PageRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Model + "/schedules", SchedulesEndpoint.ShowAsync);
    }

    /// <summary>What is for everybody: there is nothing of a model in it.</summary>
    private static void MapSignIn(IEndpointRouteBuilder routes)
    {
        routes.MapGet(PagePaths.Root + AssetFiles.Pattern, (RequestDelegate)AssetFiles.AnswerAsync);
        routes.MapGet(PagePaths.SignIn, (RequestDelegate)SignInEndpoints.ShowAsync);
        routes.MapGet(PagePaths.Enter, (RequestDelegate)SignInEndpoints.EnterAsync);
        routes.MapPost(PagePaths.SignIn, (RequestDelegate)SignInEndpoints.SignInAsync);
        routes.MapPost(PagePaths.SignOut, (RequestDelegate)SignInEndpoints.SignOutAsync);
    }
}
