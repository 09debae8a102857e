using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using NestedLearning.Gateway.Access.Tokens;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Gateway.Dashboard.Signing;
using NestedLearning.Gateway.Metrics;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Access;

/// <summary>
/// Asks for the key before a request comes to its route. What it answers depends on the key and the path alone, so nobody
/// learns from it what else there is.
/// </summary>
internal sealed partial class AccessGuard(
    RequestDelegate next, KeyRing keys, TokenKeys tokens, IOptions<GatewayOptions> options, ILogger<AccessGuard> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredAccess>() is not { } required)
        {
            await next(context);
            return;
        }

        (ApiKey? key, ApiProblem? refusal) = keys.IsOpen ? (null, CheckHost(context)) : await CheckAsync(context, required);
        if (refusal is not null)
        {
            await RefuseAsync(context, required, refusal);
        }
        else
        {
            context.Features.Set(new Caller(key));
            await next(context);
        }

        if (IsAdministration(context.Request.Method, required))
        {
            string path = context.Request.Path.ToUriComponent();
            LogAdministration(log, new Caller(key).Name, context.Connection.RemoteIpAddress, context.Request.Method, path, context.Response.StatusCode);
        }
    }

    /// <summary>Reading changes nothing, and what tenants do all the time would bury the rest.</summary>
    private static bool IsAdministration(string method, RequiredAccess required) =>
        required.Scope is ApiScope.ModelAdmin or ApiScope.ClusterAdmin && !HttpMethods.IsGet(method);

    /// <summary>A page of another site can have a browser call this machine under the site's own name; it is not served.</summary>
    private ApiProblem? CheckHost(HttpContext context)
    {
        string host = context.Request.Host.Host.Trim('[', ']');
        bool isLocal = host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
        bool isServed = (isLocal || options.Value.IsPublic) && !IsOtherSitesSocket(context);
        return isServed ? null : AccessProblems.OtherHost;
    }

    /// <summary>Browsers let any page open a WebSocket to anywhere, but say which site it is from.</summary>
    private static bool IsOtherSitesSocket(HttpContext context) =>
        context.WebSockets.IsWebSocketRequest
        && context.Request.Headers.Origin is [{ } origin]
        && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? site) && site.Authority.Equals(context.Request.Host.Value, StringComparison.OrdinalIgnoreCase));

    /// <summary>What looks like a key of this server is none of another issuer.</summary>
    private async ValueTask<ApiKey?> FindKeyAsync(HttpContext context, RequiredAccess required)
    {
        if ((required is PageAccess ? SessionCookie.Find(context)?.Credential : Credentials.Of(context)) is not { } text)
        {
            return null;
        }

        return KeyToken.Parse(text) is { } token ? keys.Find(token) : await tokens.FindAsync(text);
    }

    private async ValueTask<(ApiKey? Key, ApiProblem? Refusal)> CheckAsync(HttpContext context, RequiredAccess required)
    {
        try
        {
            ApiKey? key = await FindKeyAsync(context, required);
            return (key, Check(context, required, key));
        }
        catch (IssuerUnreachableException)
        {
            return (null, AccessProblems.IssuerUnreachable);
        }
    }

    private ApiProblem? Check(HttpContext context, RequiredAccess required, ApiKey? key)
    {
        if (key is null)
        {
            return AccessProblems.NoKey;
        }

        if (key.Expires <= options.Value.Time.GetUtcNow())
        {
            return AccessProblems.Expired(key.Name);
        }

        if (required.Scope is { } scope && !key.Allows(scope))
        {
            return AccessProblems.OutOfScope(key.Name, ApiScopes.NameOf(scope));
        }

        return CheckTenant(context, key);
    }

    /// <summary>A name that is none is left to the route, which says so to everybody.</summary>
    private static ApiProblem? CheckTenant(HttpContext context, ApiKey key)
    {
        if (key.Tenants is null || context.Request.RouteValues["tenant"] is not string name)
        {
            return null;
        }

        try
        {
            TenantId tenant = new(name);
            return key.Knows(tenant) ? null : AccessProblems.UnknownTenant(tenant);
        }
        catch (InvalidIdException)
        {
            return null;
        }
    }

    private static async Task RefuseAsync(HttpContext context, RequiredAccess required, ApiProblem problem)
    {
        GatewayMetrics.RefusedRequests.Add(1, KeyValuePair.Create<string, object?>("status", problem.Status));
        if (required is PageAccess)
        {
            await PageErrors.RefuseAsync(context, problem);
            return;
        }

        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"nested-learning\"";
        }

        await ApiErrors.WriteAsync(context.Response, problem);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Key {Key} from {Address}: {Method} {Path} answered {Status}.")]
    private static partial void LogAdministration(ILogger logger, string key, IPAddress? address, string method, string path, int status);
}
