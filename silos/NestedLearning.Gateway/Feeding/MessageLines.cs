using System.Buffers;
using System.Net.WebSockets;
using NestedLearning.Gateway.Bodies;

namespace NestedLearning.Gateway.Feeding;

/// <summary>
/// The messages of a WebSocket as one stream of lines: the end of a message ends its last line. No buffer is held while
/// nothing comes.
/// </summary>
/// <remarks>
/// A receive that is cancelled would tear the connection down, with the problem that is on its way to the sender. So a
/// reader that gives up leaves the receive under way, and <see cref="DrainAsync"/> goes on with it.
/// </remarks>
internal sealed class MessageLines(WebSocket socket) : ReadStream
{
    private const int BufferBytes = 16 * 1024;

    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private Task<ValueWebSocketReceiveResult>? _receiving;
    private bool _hasEnded;

    /// <summary>The next bytes; with an empty buffer, it waits for some. 0 at the end.</summary>
    /// <exception cref="IOException">The connection is broken, or a message is no text.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_start == _end && !_hasEnded)
        {
            await ReceiveAsync(cancellationToken);
        }

        int read = Math.Min(buffer.Length, _end - _start);
        _buffer.AsMemory(_start, read).CopyTo(buffer);
        _start += read;
        if (_start == _end)
        {
            ReleaseBuffer();
        }

        return read;
    }

    /// <summary>Passes over what else comes, until the sender has closed its end.</summary>
    /// <exception cref="IOException">The connection is broken.</exception>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (!_hasEnded)
        {
            await ReceiveAsync(cancellationToken);
        }

        ReleaseBuffer();
    }

    /// <summary>Waits without a buffer first; then takes what has come.</summary>
    private async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            _receiving ??= socket.ReceiveAsync(_buffer.AsMemory(0, Math.Max(0, _buffer.Length - 1)), CancellationToken.None).AsTask();
            ValueWebSocketReceiveResult received = await _receiving.WaitAsync(cancellationToken);
            _receiving = null;
            Accept(received);
        }
        catch (WebSocketException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    private void Accept(ValueWebSocketReceiveResult received)
    {
        _hasEnded = received.MessageType == WebSocketMessageType.Close;
        if (_hasEnded)
        {
            return;
        }

        if (_buffer.Length == 0)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        }

        (_start, _end) = (0, received.Count);
        if (received.EndOfMessage)
        {
            _buffer[_end++] = (byte)'\n'; // The last byte of the buffer is kept free for it.
        }
    }

    private void ReleaseBuffer()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }

        (_start, _end) = (0, 0);
    }
}
