using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>The schedules of an Orleans cluster, from within a silo or from a client of Orleans.</summary>
public sealed class GrainSchedules(IGrainFactory grains, TierCalls calls) : ISchedules
{
    /// <inheritdoc/>
    public async ValueTask SetAsync(ModelId model, ScheduleSpec spec, CancellationToken cancellationToken)
    {
        spec.Validate();
        Payload document = ScheduleJson.Write(ScheduleDocument.From(spec), ApiJson.Default.ScheduleDocument);
        IScheduleGrain grain = Grain(new ScheduleAddress(model, spec.Id));
        await TellAsync(stop => grain.SetAsync(document, stop), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(ScheduleAddress schedule, CancellationToken cancellationToken)
    {
        int attempts = 0;
        try
        {
            await TellAsync(
                stop =>
                {
                    attempts++;
                    return Grain(schedule).RemoveAsync(stop);
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
        string[] names = await AskAsync(grains.GetGrain<IScheduleIndexGrain>(model.Value).ListAsync, cancellationToken);
        Payload[] statuses = await Task.WhenAll(names.Select(name =>
            AskAsync(Grain(new ScheduleAddress(model, new ScheduleId(name))).GetStatusAsync, cancellationToken).AsTask()));
        return
        [
            .. statuses
                .Where(status => !status.Bytes.IsEmpty)
                .Select(status => ScheduleJson.Read(status, ApiJson.Default.ScheduleStatusDocument).ToStatus()),
        ];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ScheduleRun>> GetRunsAsync(ScheduleAddress schedule, CancellationToken cancellationToken) =>
        ScheduleJson.Read(await AskAsync(Grain(schedule).GetRunsAsync, cancellationToken), ApiJson.Default.IReadOnlyListScheduleRun);

    /// <inheritdoc/>
    public async ValueTask<ScheduleRun> RunAsync(ScheduleAddress schedule, RunTicket ticket, CancellationToken cancellationToken)
    {
        ScheduleRun run;
        do
        {
            Payload record = await AskAsync(stop => Grain(schedule).RunAsync(ticket.Value, stop), cancellationToken);
            run = ScheduleJson.Read(record, ApiJson.Default.ScheduleRun);
        }
        while (run.Ended is null);

        return run;
    }

    private IScheduleGrain Grain(ScheduleAddress schedule) => grains.GetGrain<IScheduleGrain>(schedule.ToString());

    private async ValueTask TellAsync(Func<CancellationToken, ValueTask> call, CancellationToken cancellationToken) =>
        await AskAsync(
            async stop =>
            {
                await call(stop);
                return true;
            },
            cancellationToken);

    private async ValueTask<T> AskAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.AskAsync(call, cancellationToken);
        }
        catch (Exception error) when (error is not (NestedLearningException or OperationCanceledException) && TierCalls.MayPass(error))
        {
            throw new ClusterFailedException($"The cluster cannot be reached: {error.Message}", error);
        }
    }
}
