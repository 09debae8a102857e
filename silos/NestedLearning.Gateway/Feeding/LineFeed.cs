using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using NestedLearning.Gateway.Bodies;
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
        Stream body = RequestBodies.Unpacked(call.Context.Request, call.Options);
        RequestBodies.AllowEndless(call.Context);
        call.Context.Response.ContentType = ApiPaths.LinesMediaType;
        call.Context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await using EventBatches batches = new(body, call.Options.MaxBatchEvents, call.Limits, call.Stop);
        await new FeedSession(call, batches, new LineFeed(call.Context.Response)).LearnAsync();
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> receipt, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync((byte[])[.. receipt.Span, (byte)'\n'], cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    public ValueTask EndAsync(ApiProblem problem) => new(ApiErrors.WriteAsync(response, problem));
}
