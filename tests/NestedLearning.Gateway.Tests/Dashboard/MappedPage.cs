using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Dashboard;

namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>A route of the dashboard, as it is mapped, with names to call it with.</summary>
internal sealed record MappedPage(string Method, string Pattern, bool IsGuarded, ApiScope? Scope)
{
    public bool IsOfATenant => Pattern.Contains("{tenant}", StringComparison.Ordinal);

    /// <summary>Every route below the dashboard's root.</summary>
    public static IReadOnlyList<MappedPage> ReadAll()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddLearningGateway();
        WebApplication application = builder.Build();
        application.MapLearningApi();
        return
        [
            .. from endpoint in ((IEndpointRouteBuilder)application).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
               where endpoint.RoutePattern.RawText!.StartsWith(PagePaths.Root, StringComparison.Ordinal)
               from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
               let access = endpoint.Metadata.GetMetadata<PageAccess>()
               select new MappedPage(method, endpoint.RoutePattern.RawText!, access is not null, access?.Scope),
        ];
    }

    public string PathFor(string tenant) => Pattern
        .Replace("{model}", "small", StringComparison.Ordinal)
        .Replace("{tenant}", tenant, StringComparison.Ordinal)
        .Replace("{level}", "slow", StringComparison.Ordinal)
        .Replace("{version}", "1", StringComparison.Ordinal);

    /// <summary>Calls it as a visitor.</summary>
    public Task<HttpResponseMessage> CallAsync(DashboardVisitor visitor, string tenant = "ann") =>
        Method == "GET" ? visitor.GetAsync(PathFor(tenant)) : visitor.PostAsync(PathFor(tenant), ("from", "1"));

    public override string ToString() => $"{Method} {Pattern}";
}
