using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NestedLearning.Gateway.Feeding;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway;

/// <summary>The HTTP API over any engine; <c>docs/serve.md</c> describes its routes.</summary>
public static class LearningApi
{
    /// <summary>
    /// Adds what the API needs beside an <see cref="ILearningCluster"/>, which the caller registers, and perhaps an
    /// <see cref="ISchedules"/>: an engine without schedules has no routes for them. One without <see cref="ITrainingRuns"/>
    /// says so.
    /// </summary>
    public static IServiceCollection AddLearningGateway(this IServiceCollection services, Action<GatewayOptions>? configure = null)
    {
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddOptions<GatewayOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        return services;
    }

    /// <summary>Maps the API below <see cref="ApiPaths.Root"/>, and <c>/healthz</c>.</summary>
    public static IEndpointRouteBuilder MapLearningApi(this IEndpointRouteBuilder routes)
    {
        const string Model = ApiPaths.Root + "/models/{model}";
        const string Tenant = Model + "/tenants/{tenant}";
        Map(HttpMethods.Put, Model, ModelEndpoints.CreateAsync);
        Map(HttpMethods.Put, Model + "/run", RunEndpoints.StartAsync);
        Map(HttpMethods.Get, Model + "/run", RunEndpoints.ProgressAsync);
        Map(HttpMethods.Delete, Model + "/run", RunEndpoints.StopAsync);
        Map(HttpMethods.Get, Model + "/levels", ModelEndpoints.LevelsAsync);
        Map(HttpMethods.Get, Model + "/levels/{level}/version", ModelEndpoints.VersionAsync);
        Map(HttpMethods.Get, Model + "/levels/{level}/versions", VersionEndpoints.ListAsync);
        Map(HttpMethods.Post, Model + "/levels/{level}/rollback", VersionEndpoints.RollbackAsync);
        Map(HttpMethods.Post, Model + "/levels/{level}/replay", VersionEndpoints.ReplayAsync);
        Map(HttpMethods.Post, Model + "/consolidate", VersionEndpoints.ConsolidateAsync);
        Map(HttpMethods.Get, Tenant, TenantEndpoints.StatusAsync);
        Map(HttpMethods.Delete, Tenant, TenantEndpoints.ForgetAsync);
        Map(HttpMethods.Post, Tenant + "/events", FeedSession.RunAsync);
        Map(HttpMethods.Post, Tenant + "/flush", TenantEndpoints.FlushAsync);
        Map(HttpMethods.Post, Tenant + "/predict", TenantEndpoints.PredictAsync);
        if (routes.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(ISchedules)) is true)
        {
            const string Schedule = Model + "/schedules/{schedule}";
            Map(HttpMethods.Get, Model + "/schedules", ScheduleEndpoints.ListAsync);
            Map(HttpMethods.Put, Schedule, ScheduleEndpoints.SetAsync);
            Map(HttpMethods.Delete, Schedule, ScheduleEndpoints.RemoveAsync);
            Map(HttpMethods.Get, Schedule + "/runs", ScheduleEndpoints.RunsAsync);
            Map(HttpMethods.Post, Schedule + "/run", ScheduleEndpoints.RunAsync);
        }

        routes.MapFallback(ApiPaths.Root + "/{**path}", ApiCall.Handle(_ => throw new BadHttpRequestException(
            "There is nothing here, or not for this method.", StatusCodes.Status404NotFound)));
        routes.MapGet("/healthz", (RequestDelegate)(context => context.Response.WriteAsync("ok\n")));
        return routes;

        void Map(string method, string pattern, Func<ApiCall, Task> endpoint) =>
            routes.MapMethods(pattern, [method], ApiCall.Handle(endpoint));
    }
}
