using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Access.Tokens;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Gateway.Dashboard.Signing;
using NestedLearning.Gateway.Description;
using NestedLearning.Gateway.Feeding;
using NestedLearning.Gateway.Metrics;
using NestedLearning.Gateway.Telemetry;
using NestedLearning.Hosting;
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
        services.AddSingleton<KeyRing>();
        services.AddSingleton<TokenKeys>();
        services.AddSingleton<EventQuota>();
        services.AddSingleton<FeedPlaces>();
        services.AddSingleton<ITextGeneration>(provider => new ClusterGeneration(
            provider.GetRequiredService<ILearningCluster>(),
            provider.GetRequiredService<IOptions<GatewayOptions>>().Value.Generation(),
            threads: Math.Max(1, Environment.ProcessorCount / 2)));
        services.AddSingleton<MetricsCollector>();
        services.AddSingleton<Recorder>();
        services.AddSingleton<Sessions>();
        services.AddRequestLimits();
        services.AddApiDescription();
        services.AddTelemetryExport();
        return services;
    }

    /// <summary>Asks for keys and counts requests. It comes after routing and before the endpoints; without it no route answers.</summary>
    /// <exception cref="KeyFileException">The file of keys cannot be read.</exception>
    /// <exception cref="TokenKeyException">The key that tokens are checked with cannot be read.</exception>
    public static IApplicationBuilder UseLearningAccess(this IApplicationBuilder application)
    {
        application.ApplicationServices.GetRequiredService<KeyRing>();
        application.ApplicationServices.GetRequiredService<TokenKeys>();
        application.ApplicationServices.GetRequiredService<MetricsCollector>(); // It counts from the start, not from the first look.
        return application.UseWebSockets().UseMiddleware<AccessGuard>().UseRateLimiter();
    }

    /// <summary>Maps the API below <see cref="ApiPaths.Root"/>, its OpenAPI document, the dashboard, <c>/metrics</c> and <c>/healthz</c>.</summary>
    public static IEndpointRouteBuilder MapLearningApi(this IEndpointRouteBuilder routes)
    {
        ApiRoutes.MapModels(routes);
        ApiRoutes.MapLevels(routes);
        ApiRoutes.MapTenants(routes);
        if (routes.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(ISchedules)) is true)
        {
            ApiRoutes.MapSchedules(routes);
        }

        routes.MapFallback(ApiPaths.Root + "/{**path}", ApiCall.Handle(_ => throw new BadHttpRequestException(
            "There is nothing here, or not for this method.", StatusCodes.Status404NotFound))).WithMetadata(new RequiredAccess(null));
        routes.MapOpenApi(ApiDescription.Path);
        routes.MapGet(MetricsPage.Path, (RequestDelegate)MetricsPage.WriteAsync).WithMetadata(new RequiredAccess(ApiScope.MetricsRead));
        DashboardRoutes.Map(routes);
        routes.MapGet("/healthz", (RequestDelegate)(context => context.Response.WriteAsync("ok\n")));
        return routes;
    }
}
