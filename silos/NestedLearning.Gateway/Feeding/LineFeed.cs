using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Feeding;

/// <summary>A stream of events as the body of a request: lines in, lines out.</summary>
internal sealed class LineFeed(HttpResponse response) : IFeedAnswers
{
    public bool BeginAtOnce => false;

    /// <summary>Learns the body of a request.</summary>
    /// <exception cref="BusyException">There are as many feeds as may be.</exception>
    public static async Task RunAsync(ApiCall call)
    {
        call.RequireMedia(ApiPaths.LinesMediaType);
        using FeedPlaces.Place place = call.Feeds.Enter("lines");
        PrepareForStreams(call.Context);
        await using EventBatches batches = new(call.Context.Request.Body, call.Options.MaxBatchEvents, call.Limits, call.Stop);
        await new FeedSession(call, batches, new LineFeed(call.Context.Response)).LearnAsync();
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> receipt, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync((byte[])[.. receipt.Span, (byte)'\n'], cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    public ValueTask EndAsync(ApiProblem problem) => new(ApiErrors.WriteAsync(response, problem));

    /// <summary>A live stream has no length, and may be quiet for a while.</summary>
    private static void PrepareForStreams(HttpContext context)
    {
        context.Response.ContentType = ApiPaths.LinesMediaType;
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
