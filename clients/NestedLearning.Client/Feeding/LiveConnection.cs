using System.Buffers;
using System.Net.WebSockets;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>
/// A WebSocket for the events of a source, opened when there is something to send, and again after it broke. A batch is on
/// its way at a time; what comes meanwhile makes the next one.
/// </summary>
internal sealed class LiveConnection(Connection connection, MemoryAddress memory, SourceId source) : IAsyncDisposable
{
    /// <summary>How long the server may take to close its end. What was sent has been answered before.</summary>
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(5);

    private readonly ArrayBufferWriter<byte> _message = new();
    private ClientWebSocket? _socket;
    private long _lines;

    /// <summary>Sends a batch, and reports receipts until all of it is applied.</summary>
    /// <param name="batch">The events.</param>
    /// <param name="accept">Takes each receipt.</param>
    /// <param name="errorOf">The error that a problem stands for; its line is that of the batch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="NestedLearningException">What the server says is wrong, or why it cannot be reached.</exception>
    public async ValueTask SendAsync(
        EventBatch batch, Action<FeedReceipt> accept, Func<ApiProblem, NestedLearningException> errorOf, CancellationToken cancellationToken)
    {
        try
        {
            if (_socket is null)
            {
                _socket = await connection.OpenSocketAsync(ApiPaths.Live(memory, source, batch.After), cancellationToken);
                _lines = 0;
                accept(await NextAsync(errorOf, cancellationToken));
            }

            if (batch.Events.Count > 0)
            {
                await WriteAsync(batch.Events, cancellationToken);
                await AcceptThroughAsync(batch.Events[^1].Sequence, accept, errorOf, cancellationToken);
                _lines += batch.Events.Count;
            }
        }
        catch (Exception error)
        {
            _socket?.Dispose();
            _socket = null;
            if (error is WebSocketException or IOException)
            {
                throw new ServerUnreachableException(connection.Server, error.Message, error);
            }

            throw;
        }
    }

    /// <summary>Closes the socket, if there is one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_socket is null)
        {
            return;
        }

        using CancellationTokenSource end = new(CloseTime);
        try
        {
            await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, end.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // Everything was answered; it makes no difference how the connection ends.
        }

        _socket.Dispose();
        _socket = null;
    }

    /// <summary>One message for all: its end is the end of the last line.</summary>
    private async ValueTask WriteAsync(IReadOnlyList<LearningEvent> events, CancellationToken cancellationToken)
    {
        _message.ResetWrittenCount();
        foreach (LearningEvent next in events)
        {
            EventWriter.WriteLine(_message, next);
        }

        await _socket!.SendAsync(_message.WrittenMemory[..^1], WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
    }

    private async ValueTask AcceptThroughAsync(
        long sequence, Action<FeedReceipt> accept, Func<ApiProblem, NestedLearningException> errorOf, CancellationToken cancellationToken)
    {
        FeedReceipt receipt;
        do
        {
            receipt = await NextAsync(problem => errorOf(problem with { Line = problem.Line - _lines }), cancellationToken);
            accept(receipt);
        }
        while (receipt.Marks.AppliedThrough < sequence);
    }

    private async ValueTask<FeedReceipt> NextAsync(Func<ApiProblem, NestedLearningException> errorOf, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> answer = new();
        ValueWebSocketReceiveResult result;
        do
        {
            result = await _socket!.ReceiveAsync(answer.GetMemory(1024), cancellationToken);
            answer.Advance(result.Count);
        }
        while (!result.EndOfMessage && result.MessageType != WebSocketMessageType.Close);

        return result.MessageType == WebSocketMessageType.Close
            ? throw new ServerUnreachableException(connection.Server, "it closed the feed")
            : ReceiptLines.Read(answer.WrittenSpan, errorOf, connection.Server).ToReceipt();
    }
}
