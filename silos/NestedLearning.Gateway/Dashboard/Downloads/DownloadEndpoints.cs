using Microsoft.AspNetCore.Http;
using NestedLearning.Gateway.Exporting;

namespace NestedLearning.Gateway.Dashboard.Downloads;

/// <summary>What a browser saves as a file: the same bytes as the API answers with, for whoever is signed in.</summary>
internal static class DownloadEndpoints
{
    /// <summary>Everything that is held of a tenant, as a tar archive.</summary>
    public static Task TenantAsync(PageCall call) => SendAsync(call, ExportEndpoint.RunAsync);

    /// <summary>The newest durable version of every shared level, as safetensors.</summary>
    public static Task CheckpointAsync(PageCall call) => SendAsync(call, CheckpointEndpoints.ExportAsync);

    /// <summary>Before the first byte a failure is a page; afterwards the file is cut off, for it has no place to say why.</summary>
    private static async Task SendAsync(PageCall call, Func<ApiCall, Task> send)
    {
        try
        {
            PageHeaders.Set(call.Context.Response);
            await send(call.Api);
        }
        catch (Exception error) when (call.Context.Response.HasStarted)
        {
            _ = ApiErrors.Describe(call.Api, error); // The log says why.
            call.Context.Abort();
        }
        catch
        {
            call.Context.Response.Clear();
            throw;
        }
    }
}
