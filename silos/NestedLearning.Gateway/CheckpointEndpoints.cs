using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using NestedLearning.Gateway.Bodies;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway;

/// <summary>Models as files.</summary>
internal static class CheckpointEndpoints
{
    /// <summary>What is kept in memory of a file that comes; the rest is in a file of the system until the request ends.</summary>
    private const int BytesInMemory = 1 << 20;

    /// <summary>The longest metadata and header of a file beside its parameters.</summary>
    private const long MaxHeaderBytes = 256L << 20;

    /// <summary>The newest durable version of every shared level, as it is sent, with what the levels go on learning from.</summary>
    public static async Task ExportAsync(ApiCall call)
    {
        ModelCheckpoint checkpoint = await call.Cluster.GetCheckpointAsync(call.Model, !call.Flag("weightsOnly"), call.Stop);
        call.Context.Response.ContentType = ApiPaths.SafetensorsMediaType;
        call.Context.Response.Headers.ContentDisposition = $"attachment; filename=\"{call.Model}.safetensors\"";
        await checkpoint.WriteAsync(call.Context.Response.Body, call.Stop);
    }

    /// <summary>Makes a model that begins with what is in a file.</summary>
    public static async Task ImportAsync(ApiCall call)
    {
        call.RequireMedia(ApiPaths.SafetensorsMediaType);
        long most = (sizeof(double) * call.Options.MaxModelParameters) + MaxHeaderBytes;
        RequestBodies.AllowLong(call.Context, most);
        await using FileBufferingReadStream file = new(
            RequestBodies.Unpacked(call.Context.Request, call.Options), BytesInMemory, most, Path.GetTempPath);
        await FillAsync(file, most, call.Stop);
        ModelCheckpoint checkpoint = ModelCheckpoint.Read(new SafetensorsReader(file), call.Options.MaxModelParameters);
        await call.Cluster.ImportModelAsync(
            call.Model, checkpoint.Settings.Spec, checkpoint.Settings.Policy, checkpoint.InitialLevels, call.Stop);
        call.Context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task FillAsync(FileBufferingReadStream file, long most, CancellationToken cancellationToken)
    {
        try
        {
            await file.DrainAsync(cancellationToken);
        }
        catch (IOException error) when (error.GetType() == typeof(IOException))
        {
            // Whatever fails of the connection is a kind of its own; this is the limit, or a disk that is full.
            throw new BadHttpRequestException($"The file is too long; accepted: up to {most} bytes.", StatusCodes.Status413PayloadTooLarge);
        }

        file.Position = 0;
    }
}
