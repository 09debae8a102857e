using Microsoft.AspNetCore.Http;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Access;

/// <summary>What a request brings to say who it is from.</summary>
internal static class Credentials
{
    private const string Scheme = "Bearer ";

    /// <summary>
    /// The text of the key: of the header, or beside the protocol of a WebSocket, as a browser cannot send the header with
    /// one. Null where there is none.
    /// </summary>
    public static string? Of(HttpContext context) => context.Request.Headers.Authorization switch
    {
        [{ } header] when header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) => header[Scheme.Length..],
        [] when context.WebSockets.IsWebSocketRequest && context.WebSockets.WebSocketRequestedProtocols.Contains(ApiPaths.LiveProtocol) =>
            context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(offered => offered != ApiPaths.LiveProtocol),
        _ => null,
    };
}
