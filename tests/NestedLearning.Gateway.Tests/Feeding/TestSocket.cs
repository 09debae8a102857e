using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Tests.Feeding;

/// <summary>A WebSocket of a program, or as a browser opens it.</summary>
internal sealed class TestSocket : IAsyncDisposable
{
    public const string Live = TestGateway.Ann + "/live?source=test";

    private readonly ClientWebSocket _socket = new();

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? Protocol => _socket.SubProtocol;

    /// <summary>Opens one; a browser has no header for its key, but names its site.</summary>
    public static async Task<TestSocket> OpenAsync(
        TestGateway gateway, string path = Live, string? key = null, string? origin = null, bool asBrowser = false)
    {
        TestSocket socket = new();
        socket._socket.Options.CollectHttpResponseDetails = true;
        foreach (string protocol in asBrowser ? new[] { ApiPaths.LiveProtocol, key! } : [])
        {
            socket._socket.Options.AddSubProtocol(protocol);
        }

        if (key is not null && !asBrowser)
        {
            socket._socket.Options.SetRequestHeader("Authorization", "Bearer " + key);
        }

        if (origin is not null)
        {
            socket._socket.Options.SetRequestHeader("Origin", origin);
        }

        await socket._socket.ConnectAsync(new Uri("ws://" + gateway.Url.Authority + path), default);
        return socket;
    }

    /// <summary>The status with which a gateway refuses to open one.</summary>
    public static async Task<int> RefusalAsync(
        TestGateway gateway, string path = Live, string? key = null, string? origin = null, bool asBrowser = false)
    {
        WebSocketException error = await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(gateway, path, key, origin, asBrowser));
        return int.Parse(error.Message.Split('\'')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task SendAsync(string text, bool endOfMessage = true) =>
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage, default);

    /// <summary>The next message; null at the end, which is closed from this side too then.</summary>
    public async Task<JsonNode?> NextAsync()
    {
        byte[] message = new byte[16 * 1024];
        ValueWebSocketReceiveResult result = await _socket.ReceiveAsync(message.AsMemory(), default);
        Assert.True(result.EndOfMessage);
        if (result.MessageType != WebSocketMessageType.Close)
        {
            return JsonNode.Parse(message.AsSpan(0, result.Count));
        }

        if (_socket.State == WebSocketState.CloseReceived)
        {
            await CloseOutputAsync();
        }

        return null;
    }

    /// <summary>Reads receipts until one of them comes so far.</summary>
    public async Task<JsonNode> UntilAppliedAsync(long sequence)
    {
        while (true)
        {
            JsonNode receipt = (await NextAsync())!;
            if (receipt["appliedThrough"]!.GetValue<long>() >= sequence)
            {
                return receipt;
            }
        }
    }

    public Task CloseOutputAsync() => _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);

    public void Abort() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
