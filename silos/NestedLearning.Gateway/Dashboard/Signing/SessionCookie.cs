using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace NestedLearning.Gateway.Dashboard.Signing;

/// <summary>The cookie of a session: out of reach of scripts, and not sent along by other sites.</summary>
internal static class SessionCookie
{
    /// <summary>The session of a request; null where there is none.</summary>
    public static Session? Find(HttpContext context) =>
        context.Request.Cookies[NameFor(context)] is { } id ? context.RequestServices.GetRequiredService<Sessions>().Find(id) : null;

    public static void Set(HttpContext context, Session session) =>
        context.Response.Cookies.Append(NameFor(context), session.Id, OptionsFor(context));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(NameFor(context), OptionsFor(context));

    /// <summary>Cookies do not tell ports apart, and there may be several servers on one machine.</summary>
    private static string NameFor(HttpContext context) =>
        string.Create(CultureInfo.InvariantCulture, $"nl-session-{context.Request.Host.Port ?? 0}");

    private static CookieOptions OptionsFor(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = PagePaths.Root,
        IsEssential = true,
    };
}
