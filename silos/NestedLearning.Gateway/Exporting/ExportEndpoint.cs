using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using NestedLearning.Gateway.Access;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Exporting;

/// <summary>Everything that is held of a tenant: what the engine has, and what this gateway knows of it.</summary>
internal static class ExportEndpoint
{
    /// <summary>Answers with an archive, file by file. One that fails on the way is cut off: an archive has no place for a problem.</summary>
    public static async Task RunAsync(ApiCall call)
    {
        try
        {
            await ExportArchive.WriteAsync(call.Context.Response.Body, FilesAsync(call, call.Memory, call.Stop), call.Stop);
        }
        catch (Exception error) when (call.Context.Response.HasStarted)
        {
            _ = ApiErrors.Describe(call, error); // The log says why.
            call.Context.Abort();
        }
    }

    private static async IAsyncEnumerable<ExportedFile> FilesAsync(
        ApiCall call, MemoryAddress memory, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ExportedFile file in call.Cluster.ExportTenantAsync(memory.Model, memory.Tenant, cancellationToken))
        {
            if (!call.Context.Response.HasStarted)
            {
                call.Context.Response.ContentType = ExportArchive.MediaType;
                call.Context.Response.Headers.ContentDisposition = $"attachment; filename=\"{memory.Model}-{memory.Tenant}.tar\"";
            }

            if (file.Name == ExportManifest.FileName)
            {
                ExportedFile own = RecordsOf(call, memory);
                yield return own;
                yield return ExportManifest.Read(file).With(own).ToFile();
            }
            else
            {
                yield return file;
            }
        }
    }

    private static ExportedFile RecordsOf(ApiCall call, MemoryAddress memory)
    {
        KeyRing keys = call.Context.RequestServices.GetRequiredService<KeyRing>();
        GatewayRecordsDocument records = new(
            [.. keys.BoundTo(memory.Tenant).Select(BoundKeyDocument.From)],
            SeenTenantDocument.From(call.Recorder.Look(memory.Model), memory.Tenant));
        return ExportJson.File("gateway.json", records, GatewayRecordsJson.Default.GatewayRecordsDocument);
    }
}
