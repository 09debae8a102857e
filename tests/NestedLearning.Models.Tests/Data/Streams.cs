namespace NestedLearning.Models.Tests.Data;

/// <summary>Gives the letter x for ever, and counts what was taken.</summary>
internal sealed class EndlessStream : MemoryStream
{
    public long BytesRead { get; private set; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        buffer.Span.Fill((byte)'x');
        BytesRead += buffer.Length;
        return ValueTask.FromResult(buffer.Length);
    }
}

/// <summary>Gives a few bytes at a time.</summary>
internal sealed class DripStream(byte[] content, int step) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
}

/// <summary>Fails at the first read.</summary>
internal sealed class BrokenStream : MemoryStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        throw new IOException("the cable is out");
}
