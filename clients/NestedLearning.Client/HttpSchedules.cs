using System.Text.Json;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Polly;

namespace NestedLearning.Client;

/// <summary>The schedules of the models behind a gateway.</summary>
internal sealed class HttpSchedules(Connection connection, ResiliencePipeline retry) : ISchedules
{
    /// <inheritdoc/>
    public ValueTask SetAsync(ModelId model, ScheduleSpec spec, CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(ScheduleDocument.From(spec), ApiJson.Default.ScheduleDocument);
        string path = ApiPaths.Schedule(new ScheduleAddress(model, spec.Id));
        return retry.ExecuteAsync(
            async stop => await connection.TellAsync(HttpMethod.Put, path, Connection.Json(json), stop), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(ScheduleAddress schedule, CancellationToken cancellationToken)
    {
        int attempts = 0;
        try
        {
            await retry.ExecuteAsync(
                async stop =>
                {
                    attempts++;
                    await connection.TellAsync(HttpMethod.Delete, ApiPaths.Schedule(schedule), null, stop);
                },
                cancellationToken);
        }
        catch (UnknownScheduleException) when (attempts > 1)
        {
            // It was there for an attempt before, whose answer was lost.
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ScheduleStatus>> ListAsync(ModelId model, CancellationToken cancellationToken)
    {
        IReadOnlyList<ScheduleStatusDocument> schedules = await retry.ExecuteAsync(
            async stop => await connection.AskAsync(
                HttpMethod.Get, ApiPaths.Schedules(model), null, ApiJson.Default.IReadOnlyListScheduleStatusDocument, stop),
            cancellationToken);
        return [.. schedules.Select(schedule => schedule.ToStatus())];
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ScheduleRun>> GetRunsAsync(ScheduleAddress schedule, CancellationToken cancellationToken) =>
        retry.ExecuteAsync(
            async stop => await connection.AskAsync(
                HttpMethod.Get, ApiPaths.Runs(schedule), null, ApiJson.Default.IReadOnlyListScheduleRun, stop),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ScheduleRun> RunAsync(ScheduleAddress schedule, RunTicket ticket, CancellationToken cancellationToken) =>
        retry.ExecuteAsync(
            async stop => await connection.AskAsync(
                HttpMethod.Post, ApiPaths.Run(schedule, ticket), null, ApiJson.Default.ScheduleRun, stop),
            cancellationToken);
}
