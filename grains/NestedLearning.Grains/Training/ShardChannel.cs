using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>The way of a shard's events to its memory. After every answer, also one without progress, the lease is renewed.</summary>
internal sealed class ShardChannel(IFastMemoryGrain memory, ShardLease lease, RunLink run, TierCalls calls) : IEventChannel
{
    private const int QuestionsPerCall = 1024;

    /// <summary>How the memory stood when it answered last.</summary>
    public ShardReport Report { get; private set; }

    public async ValueTask SendAsync(EventBatch batch, Action<FeedReceipt> accept, CancellationToken cancellationToken)
    {
        FeedReply reply = await memory.FeedAsync(FeedRequest.From(batch), cancellationToken);
        accept(reply.ToReceipt());
        if (reply.Refused is { } refused)
        {
            throw refused.ToError(reply.ToReceipt());
        }

        await RenewAsync(reply.Marks, cancellationToken);
    }

    public async ValueTask<Receipt> FlushAsync(FlushTicket ticket, CancellationToken cancellationToken)
    {
        FlushReply reply;
        do
        {
            reply = await memory.FlushAsync(ShardGrant.Source.Value, ticket.Value, ticket.After, cancellationToken);
            await RenewAsync(reply.Marks, cancellationToken);
        }
        while (!reply.IsSettled);

        return reply.Marks.ToReceipt();
    }

    public async ValueTask RetryAsync(Func<CancellationToken, ValueTask> attempt, CancellationToken cancellationToken) =>
        await calls.AskAsync(
            async stop =>
            {
                await attempt(stop);
                return true;
            },
            cancellationToken);

    /// <summary>Has the memory adopt a version of the fastest shared level, or a newer one, if it has not heard of it yet.</summary>
    public async ValueTask AdoptAsync(long version, CancellationToken cancellationToken) =>
        await calls.AskAsync(stop => memory.PredictAsync([], [version], stop), cancellationToken);

    /// <summary>Asks the memory what measures some tasks.</summary>
    /// <returns>How many answers on each of them are correct.</returns>
    public async Task<int[]> CountCorrectAsync(IExampleSource data, IReadOnlyList<RunTask> tasks, CancellationToken cancellationToken)
    {
        int[] correct = new int[tasks.Count];
        await foreach ((int Task, Example Example)[] tests in TestReader.ReadAsync(data, tasks, cancellationToken).Chunk(QuestionsPerCall).WithCancellation(cancellationToken))
        {
            ModelInput[] inputs = [.. tests.Select(test => test.Example.Input)];
            PredictReply reply = await calls.AskAsync(stop => memory.PredictAsync(inputs, [], stop), cancellationToken);
            foreach (((int task, Example example), Prediction prediction) in tests.Zip(reply.ToPredictions()))
            {
                correct[task] += prediction.Label == example.Label ? 1 : 0;
            }
        }

        return correct;
    }

    private async ValueTask RenewAsync(ReceiptReply marks, CancellationToken cancellationToken)
    {
        MemoryReply status = await memory.GetStatusAsync(cancellationToken);
        Report = new ShardReport(marks.DurableThrough, status.Learned, status.Correct);
        await run.RenewAsync(lease, Report, cancellationToken);
    }
}
