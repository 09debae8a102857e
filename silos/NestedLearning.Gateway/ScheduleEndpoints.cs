using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway;

/// <summary>What concerns the schedules of a model.</summary>
internal static class ScheduleEndpoints
{
    public static async Task ListAsync(ApiCall call)
    {
        IReadOnlyList<ScheduleStatus> schedules = await call.Schedules.ListAsync(call.Model, call.Stop);
        await call.WriteAsync([.. schedules.Select(ScheduleStatusDocument.From)], ApiJson.Default.IReadOnlyListScheduleStatusDocument);
    }

    /// <summary>Makes a schedule, or replaces it.</summary>
    public static async Task SetAsync(ApiCall call)
    {
        ScheduleAddress address = call.Schedule;
        ReadOnlyMemory<byte> json = await call.ReadJsonAsync();
        ScheduleDocument document = JsonSerializer.Deserialize(json.Span, ApiJson.Default.ScheduleDocument) ?? new ScheduleDocument();
        await call.Schedules.SetAsync(address.Model, document.ToSpec(address.Schedule), call.Stop);
        call.Context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public static async Task RemoveAsync(ApiCall call)
    {
        await call.Schedules.RemoveAsync(call.Schedule, call.Stop);
        call.Context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public static async Task RunsAsync(ApiCall call)
    {
        IReadOnlyList<ScheduleRun> runs = await call.Schedules.GetRunsAsync(call.Schedule, call.Stop);
        await call.WriteAsync(runs, ApiJson.Default.IReadOnlyListScheduleRun);
    }

    /// <summary>Runs a schedule; the answer comes once the run is over.</summary>
    public static async Task RunAsync(ApiCall call)
    {
        ScheduleRun run = await call.Schedules.RunAsync(call.Schedule, call.RunTicket, call.Stop);
        await call.WriteAsync(run, ApiJson.Default.ScheduleRun);
    }
}
