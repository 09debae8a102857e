using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace NestedLearning.Gateway.Bodies;

/// <summary>
/// A body that came in gzip. What it unpacks to is limited where it is read, as any body is; and a body that unpacks to far more
/// than was sent is refused before it costs what it was made to cost.
/// </summary>
/// <param name="sent">The bytes as they were sent.</param>
/// <param name="maxExpansion">How many times as many bytes may come out.</param>
internal sealed class CompressedBody(Stream sent, int maxExpansion) : ReadStream
{
    /// <summary>Short bodies may expand more: a few equal lines are no bomb.</summary>
    private const long FreeBytes = 1024 * 1024;

    private readonly CountedBody _counted = new(sent);
    private GZipStream? _unpacked;
    private long _bytes;

    /// <exception cref="BadHttpRequestException">It is no gzip, is cut off, or expands too much.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _unpacked ??= new GZipStream(_counted, CompressionMode.Decompress);
        try
        {
            int read = await _unpacked.ReadAsync(buffer, cancellationToken);
            _bytes += read;
            if (_bytes > FreeBytes && _bytes / maxExpansion > _counted.Bytes)
            {
                throw new BadHttpRequestException(
                    $"The body unpacks to more than {maxExpansion} times what was sent.", StatusCodes.Status413PayloadTooLarge);
            }

            return read;
        }
        catch (InvalidDataException error)
        {
            throw new BadHttpRequestException("The body is no gzip, or not all of it.", StatusCodes.Status400BadRequest, error);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Counts what is read.</summary>
    private sealed class CountedBody(Stream sent) : ReadStream
    {
        public long Bytes { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await sent.ReadAsync(buffer, cancellationToken);
            Bytes += read;
            return read;
        }
    }
}
