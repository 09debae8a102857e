using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;

namespace NestedLearning.Gateway.Bodies;

/// <summary>What requests bring.</summary>
internal static class RequestBodies
{
    private const string Gzip = "gzip";

    /// <summary>The body as it was before it was packed.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">How much it may expand.</param>
    /// <exception cref="BadHttpRequestException">It is packed in a way that is not known.</exception>
    public static Stream Unpacked(HttpRequest request, GatewayOptions options) => request.Headers.ContentEncoding switch
    {
        [] => request.Body,
        [{ } coding] when coding.Equals(Gzip, StringComparison.OrdinalIgnoreCase) => new CompressedBody(request.Body, options.MaxExpansion),
        var other => throw NotAccepted(request, other.ToString()),
    };

    /// <summary>Lets a body be longer than others may be; what takes it has a limit of its own.</summary>
    public static void AllowLong(HttpContext context, long maxBytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maxBytes;
        }
    }

    /// <summary>Lets a body come without an end, and as slowly as it likes: a live stream does.</summary>
    public static void AllowEndless(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }

    private static BadHttpRequestException NotAccepted(HttpRequest request, string coding)
    {
        request.HttpContext.Response.Headers[HeaderNames.AcceptEncoding] = Gzip; // RFC 9110, 15.5.16
        return new BadHttpRequestException($"The content encoding is '{coding}'; accepted: {Gzip}.", StatusCodes.Status415UnsupportedMediaType);
    }
}
