using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>A run as its workers reach it.</summary>
internal sealed class RunLink(ITrainingRunGrain run, TierCalls calls, TimeProvider time)
{
    private long _answeredAt = time.GetUtcNow().UtcTicks;

    /// <summary>How long ago the run answered last.</summary>
    public TimeSpan Silence => TimeSpan.FromTicks(time.GetUtcNow().UtcTicks - Volatile.Read(ref _answeredAt));

    /// <summary>Asks for a shard; null when there is nothing now, or no run.</summary>
    public async ValueTask<ShardGrant?> LeaseAsync(int worker, CancellationToken cancellationToken)
    {
        try
        {
            GrantReply? grant = await calls.AskAsync(stop => run.LeaseAsync(worker, stop), cancellationToken);
            NoteAnswer();
            return grant?.ToGrant();
        }
        catch (UnknownRunException)
        {
            return null;
        }
    }

    public ValueTask PlanAsync(ShardLease lease, RunExtent extent, CancellationToken cancellationToken) =>
        TellAsync(stop => run.PlanAsync(ShardMessage.From(lease, default), ExtentReply.From(extent), stop), cancellationToken);

    /// <summary>Reports; part of an attempt that is made again as a whole, so it is not repeated for long.</summary>
    /// <exception cref="LeaseLostException">Somebody else has the shard.</exception>
    public async ValueTask RenewAsync(ShardLease lease, ShardReport report, CancellationToken cancellationToken) =>
        await calls.AskOnceMoreAsync(Done(stop => run.RenewAsync(ShardMessage.From(lease, report), stop)), cancellationToken);

    /// <exception cref="LeaseLostException">Somebody else has the shard.</exception>
    public ValueTask MeasureAsync(ShardLease lease, int task, int[] correct, CancellationToken cancellationToken) =>
        TellAsync(stop => run.MeasureAsync(ShardMessage.From(lease, default), task, correct, stop), cancellationToken);

    /// <exception cref="LeaseLostException">Somebody else has the shard.</exception>
    public ValueTask CompleteAsync(ShardLease lease, ShardReport report, CancellationToken cancellationToken) =>
        TellAsync(stop => run.CompleteAsync(ShardMessage.From(lease, report), stop), cancellationToken);

    public ValueTask FailAsync(ShardLease lease, string problem, CancellationToken cancellationToken) =>
        TellAsync(stop => run.FailAsync(ShardMessage.From(lease, default), problem, stop), cancellationToken);

    private async ValueTask TellAsync(Func<CancellationToken, ValueTask> call, CancellationToken cancellationToken) =>
        await calls.AskAsync(Done(call), cancellationToken);

    private Func<CancellationToken, ValueTask<bool>> Done(Func<CancellationToken, ValueTask> call) => async stop =>
    {
        await call(stop);
        NoteAnswer();
        return true;
    };

    private void NoteAnswer() => Volatile.Write(ref _answeredAt, time.GetUtcNow().UtcTicks);
}
