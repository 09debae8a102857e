using System.Net;
using System.Net.Http.Headers;
using NestedLearning.Tensors;
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

    /// <summary>Reads a model that comes as a file; one of the system keeps it meanwhile, as a reader goes back and forth in it.</summary>
    public static async Task<ModelCheckpoint> ReadAsync(HttpContent answer, CancellationToken cancellationToken)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using FileStream file = new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
        await answer.CopyToAsync(file, cancellationToken);
        return ModelCheckpoint.Read(new SafetensorsReader(file), double.MaxValue);
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
