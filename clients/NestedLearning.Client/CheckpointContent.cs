using System.Net;
using System.Net.Http.Headers;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>A model as the body of a request, which is made while it is sent.</summary>
internal sealed class CheckpointContent : HttpContent
{
    private readonly ModelCheckpoint _checkpoint;

    public CheckpointContent(ModelCheckpoint checkpoint)
    {
        _checkpoint = checkpoint;
        Headers.ContentType = new MediaTypeHeaderValue(ApiPaths.SafetensorsMediaType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _checkpoint.WriteAsync(stream, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
