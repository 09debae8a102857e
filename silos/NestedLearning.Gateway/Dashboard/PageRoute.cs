using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NestedLearning.Gateway.Access;

namespace NestedLearning.Gateway.Dashboard;

/// <summary>A route of the dashboard. There is no way to map a page without saying who may open it.</summary>
internal static class PageRoute
{
    /// <summary>Maps a page for keys with a scope, or for any valid key.</summary>
    public static void Map(IEndpointRouteBuilder routes, ApiScope? scope, string method, string pattern, Func<PageCall, Task> endpoint) =>
        routes.MapMethods(PagePaths.Root + pattern, [method], Handle(endpoint)).WithMetadata(new PageAccess(scope));

    private static RequestDelegate Handle(Func<PageCall, Task> endpoint) => async context =>
    {
        using ApiCall api = new(context);
        PageCall call = new(api);
        try
        {
            await endpoint(call);
        }
        catch (Exception error)
        {
            await PageErrors.AnswerAsync(call, error);
        }
    };
}
