namespace NestedLearning.Cli.Data;

/// <summary>A stream whose beginning can be looked at before it is read. Owns the inner stream.</summary>
internal sealed class SniffedStream(Stream inner) : Stream
{
    private const int MaxLook = 4096;

    private byte[] _seen = [];
    private int _next;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The first byte after a byte order mark and white space; null if the first 4 KiB have none.</summary>
    public byte? FirstVisibleByte()
    {
        ReadOnlySpan<byte> skipped = [(byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', 0xEF, 0xBB, 0xBF];
        byte[] buffer = new byte[MaxLook];
        int count = 0;
        while (count < buffer.Length)
        {
            int read = inner.Read(buffer, count, buffer.Length - count);
            count += read;
            _seen = buffer[..count];
            int visible = _seen.AsSpan().IndexOfAnyExcept(skipped);
            if (visible >= 0 || read == 0)
            {
                return visible < 0 ? null : _seen[visible];
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int known = TakeSeen(buffer);
        return known > 0 ? known : inner.Read(buffer);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int known = TakeSeen(buffer.Span);
        return known > 0 ? ValueTask.FromResult(known) : inner.ReadAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int TakeSeen(Span<byte> target)
    {
        int count = Math.Min(_seen.Length - _next, target.Length);
        _seen.AsSpan(_next, count).CopyTo(target);
        _next += count;
        return count;
    }
}
