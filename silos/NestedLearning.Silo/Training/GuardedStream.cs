using NestedLearning.Models;

namespace NestedLearning.Silo.Training;

/// <summary>Data whose reader waits neither for ever nor for more than a silo takes.</summary>
internal sealed class GuardedStream : Stream
{
    private readonly Stream _inner;
    private readonly string _name;
    private readonly DataLimits _limits;
    private long _read;

    private GuardedStream(Stream inner, string name, DataLimits limits)
    {
        _inner = inner;
        _name = name;
        _limits = limits;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Guards data at its beginning, and closes it in the end.</summary>
    /// <param name="inner">The data.</param>
    /// <param name="name">The data, as messages show it.</param>
    /// <param name="bytes">How long it says to be, if it does.</param>
    /// <param name="limits">How much is read of it.</param>
    /// <exception cref="DataException">It is larger than what is read.</exception>
    public static GuardedStream Over(Stream inner, string name, long? bytes, DataLimits limits)
    {
        GuardedStream stream = new(inner, name, limits);
        try
        {
            stream.Check(bytes ?? 0);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <exception cref="IOException">There was nothing in time.</exception>
    /// <exception cref="DataException">It is larger than what is read.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(_limits.Patience);
        try
        {
            int read = await _inner.ReadAsync(buffer, stop.Token);
            Check(_read += read);
            return read;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"nothing came in {_limits.Patience.TotalSeconds:N0} seconds");
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Check(long bytes)
    {
        if (bytes > _limits.MaxBytes)
        {
            throw new DataException(_name, null, FormattableString.Invariant($"is too large; accepted are {_limits.MaxMib:N0} MiB, as Training:MaxMib says"));
        }
    }
}
