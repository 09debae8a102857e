using System.Buffers;
using System.Text.Unicode;

namespace NestedLearning.Models;

/// <summary>
/// Cuts a stream into lines of valid UTF-8 in one pooled buffer that grows to the longest line. LF and CRLF end a line;
/// a byte order mark at the beginning is dropped. Owns the stream.
/// </summary>
/// <param name="stream">The bytes.</param>
/// <param name="source">What errors call the stream.</param>
/// <param name="maxLineBytes">The longest line.</param>
/// <param name="isLive">Whether the stream may be quiet for long; no buffer is held then. It has to know reads of no bytes, which wait for some.</param>
internal sealed class Utf8LineReader(Stream stream, string source, int maxLineBytes, bool isLive = false) : IDisposable
{
    private const int FirstBuffer = 64 * 1024;

    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private bool _streamEnded;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The place of <see cref="Current"/>, lines from 1.</summary>
    public LinePosition Position { get; private set; } = new(source, 0);

    /// <summary>The line without its end; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <summary>Moves to the next line; false at the end of the stream.</summary>
    /// <exception cref="DataException">The line is too long or not UTF-8, or the stream cannot be read.</exception>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        Position = Position with { Line = Position.Line + 1 };
        int searched = 0;
        while (true)
        {
            int newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                Take(searched + newline, skip: 1);
                return true;
            }

            searched = _end - _start;
            RefuseLongerThanLimit(searched);
            if (_streamEnded)
            {
                Take(searched, skip: 0);
                return searched > 0;
            }

            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the buffer back and closes the stream.</summary>
    public void Dispose()
    {
        ReleaseBuffer();
        stream.Dispose();
    }

    private void ReleaseBuffer()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        _start = _end = 0;
        Current = default;
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Take(int length, int skip)
    {
        RefuseLongerThanLimit(length);
        ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, length);
        _start += length + skip;
        if (Position.Line == 1 && line.Span.StartsWith(ByteOrderMark))
        {
            line = line[ByteOrderMark.Length..];
        }

        if (line.Length > 0 && line.Span[^1] == '\r')
        {
            line = line[..^1];
        }

        if (!Utf8.IsValid(line.Span))
        {
            throw Position.Error("not valid UTF-8; accepted is text in UTF-8");
        }

        Current = line;
    }

    private void RefuseLongerThanLimit(int length)
    {
        if (length > maxLineBytes)
        {
            throw new LineTooLongException(Position.Source, Position.Line, maxLineBytes);
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_start == _end && isLive)
            {
                ReleaseBuffer();
                await stream.ReadAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
            }

            MakeRoom();
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            _end += read;
            _streamEnded = read == 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Position.Error($"cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Leaves room after the unread bytes: moves them to the front, or to a buffer of twice the size.</summary>
    private void MakeRoom()
    {
        if (_end < _buffer.Length)
        {
            return;
        }

        int length = _end - _start;
        byte[] target = length == _buffer.Length ? ArrayPool<byte>.Shared.Rent(Math.Max(FirstBuffer, _buffer.Length * 2)) : _buffer;
        _buffer.AsSpan(_start, length).CopyTo(target);
        if (target != _buffer)
        {
            ReleaseBuffer();
            _buffer = target;
        }

        (_start, _end) = (0, length);
    }
}
