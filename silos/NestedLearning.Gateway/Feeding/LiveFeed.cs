using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Feeding;

/// <summary>A stream of events over a WebSocket: messages with lines in, messages with receipts out.</summary>
internal sealed class LiveFeed(WebSocket socket) : IFeedAnswers
{
    /// <summary>How long a sender may take to close its end, once it has been told why its feed ends.</summary>
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(5);

    private ApiProblem? _problem;

    public bool BeginAtOnce => true;

    /// <summary>Learns what comes over the socket. Once it is open, errors are messages too.</summary>
    /// <exception cref="BadHttpRequestException">The request asks for no WebSocket.</exception>
    /// <exception cref="BusyException">There are as many feeds as may be.</exception>
    public static async Task RunAsync(ApiCall call)
    {
        WebSocketManager sockets = call.Context.WebSockets;
        if (!sockets.IsWebSocketRequest)
        {
            call.Context.Response.Headers.Upgrade = "websocket";
            throw new BadHttpRequestException("This takes a WebSocket only.", StatusCodes.Status426UpgradeRequired);
        }

        using FeedPlaces.Place place = call.Feeds.Enter("live");
        bool isNamed = sockets.WebSocketRequestedProtocols.Contains(ApiPaths.LiveProtocol);
        using WebSocket socket = await sockets.AcceptWebSocketAsync(isNamed ? ApiPaths.LiveProtocol : null);
        await using MessageLines lines = new(socket);
        LiveFeed feed = new(socket);
        await feed.LearnAsync(call, lines);
        await feed.CloseAsync(call, lines);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> receipt, CancellationToken cancellationToken) =>
        socket.SendAsync(receipt, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    public ValueTask EndAsync(ApiProblem problem)
    {
        _problem = problem;
        return ValueTask.CompletedTask;
    }

    private static WebSocketCloseStatus StatusOf(ApiProblem? problem) => problem?.Status switch
    {
        null => WebSocketCloseStatus.NormalClosure,
        StatusCodes.Status413PayloadTooLarge => WebSocketCloseStatus.MessageTooBig,
        StatusCodes.Status500InternalServerError => WebSocketCloseStatus.InternalServerError,
        StatusCodes.Status503ServiceUnavailable => WebSocketCloseStatus.EndpointUnavailable,
        _ => WebSocketCloseStatus.PolicyViolation,
    };

    private async Task LearnAsync(ApiCall call, MessageLines lines)
    {
        try
        {
            await using EventBatches batches = new(lines, call.Options.MaxBatchEvents, call.Limits, call.Stop);
            await new FeedSession(call, batches, this).LearnAsync();
        }
        catch (Exception error)
        {
            _problem = ApiErrors.Describe(call, error);
        }
    }

    /// <summary>
    /// Says why it ends, and waits for the sender, whose messages would else make the connection break before it has read
    /// that. A server that stops does not wait.
    /// </summary>
    private async Task CloseAsync(ApiCall call, MessageLines lines)
    {
        using CancellationTokenSource end = new(CloseTime, call.Options.Time);
        try
        {
            if (_problem is not null)
            {
                byte[] json = JsonSerializer.SerializeToUtf8Bytes(_problem, ApiJson.Default.ApiProblem);
                await socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, end.Token);
            }

            await socket.CloseOutputAsync(StatusOf(_problem), null, end.Token);
            if (!call.Stopping.IsCancellationRequested)
            {
                await lines.DrainAsync(end.Token);
            }
        }
        catch (Exception error) when (error is WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            socket.Abort(); // It is gone, or does not close its end. What it was told, it hears again when it comes back.
        }
    }
}
