using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Training;

/// <summary>
/// A filter of calls that loses the worker of a shard at a round's end: its memory's part of the round is sent, and the worker never hears
/// of it. From then on no silo is told of new versions, so that a memory knows of one only if it asks, or is asked to.
/// </summary>
/// <param name="shard">Whose worker is lost.</param>
/// <param name="version">The level's version before that round.</param>
internal sealed class LostWorker(int shard, long version)
{
    private readonly string _memory = ShardGrant.MemoryOf(1, shard).Value;
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the memory's part of the round is sent, and the worker lost.</summary>
    public bool IsLost => _sent.Task.IsCompleted;

    /// <summary>Lets go of what is held back.</summary>
    public void Release() => _released.TrySetResult();

    public async Task FilterAsync(IIncomingGrainCallContext call)
    {
        if (call.MethodName == nameof(IConsolidatorGrain.WaitPastAsync) && call.Request.GetArgument(0) is long known && known >= version)
        {
            await _released.Task;
        }

        bool endsRound = call.MethodName == nameof(IFastMemoryGrain.FlushAsync)
            && call.Request.GetArgument(1) is long ticket && ticket >= ShardGrant.TicketOf(version, 0).Value && ticket < ShardGrant.TicketOf(version + 1, 0).Value;
        bool isOfLost = endsRound && call.TargetId.Key.ToString()!.EndsWith(_memory, StringComparison.Ordinal);
        if (endsRound && !isOfLost)
        {
            await _sent.Task;
        }

        await call.Invoke();
        if (isOfLost && _sent.TrySetResult())
        {
            await _released.Task;
        }
    }
}
