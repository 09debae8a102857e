using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace NestedLearning.Gateway.Dashboard.Assets;

/// <summary>The dashboard's style, script and icon, which are in this assembly. Their addresses change with their content.</summary>
public static class AssetFiles
{
    /// <summary>Where they are.</summary>
    internal const string Pattern = "/assets/{version}/{name}";

    private static readonly FrozenDictionary<string, string> MediaTypes = new Dictionary<string, string>
    {
        ["base.css"] = "text/css; charset=utf-8",
        ["parts.css"] = "text/css; charset=utf-8",
        ["charts.css"] = "text/css; charset=utf-8",
        ["live.js"] = "text/javascript; charset=utf-8",
        ["icon.svg"] = "image/svg+xml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, byte[]> Files = MediaTypes.Keys.ToFrozenDictionary(name => name, Read, StringComparer.Ordinal);

    private static readonly string Version = Convert.ToHexStringLower(
        SHA256.HashData([.. Files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => file.Value)]))[..12];

    /// <summary>The address of a file.</summary>
    public static string PathOf(string name) => $"{PagePaths.Root}/assets/{Version}/{name}";

    /// <summary>Answers with a file; none of them is secret.</summary>
    internal static async Task AnswerAsync(HttpContext context)
    {
        PageHeaders.Set(context.Response);
        if (context.Request.RouteValues["name"] is not string name || !Files.TryGetValue(name, out byte[]? file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.ContentType = MediaTypes[name];
        context.Response.ContentLength = file.Length;
        await context.Response.Body.WriteAsync(file, context.RequestAborted);
    }

    private static byte[] Read(string name)
    {
        using Stream file = typeof(AssetFiles).Assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
