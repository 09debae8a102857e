using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>What one turn of a feed came to.</summary>
/// <param name="Next">The first event that was not consumed.</param>
/// <param name="Learned">How many new events it learned.</param>
/// <param name="Correct">How many of those it predicted correctly.</param>
/// <param name="IsBlocked">Whether the memory has to wait for a version before it learns on.</param>
/// <param name="Refused">The event that is not acceptable, if there is one.</param>
internal sealed record LearnedTurn(int Next, int Learned, int Correct, bool IsBlocked, EventRefusedException? Refused)
{
    /// <summary>What the source's events have come to, after the save that may have followed.</summary>
    public Receipt Marks { get; init; }
}

/// <summary>One batch on its way into a memory.</summary>
internal sealed class MemoryFeed(MemoryHost memory, EventBatch batch)
{
    private FeedReceipt _receipt;

    public async ValueTask<FeedProgress> RunAsync(CancellationToken patience, CancellationToken cancellationToken)
    {
        for (int next = 0; ;)
        {
            LearnedTurn turn = await memory.LearnAsync(batch, next, cancellationToken);
            next = turn.Next;
            _receipt = new FeedReceipt(turn.Marks, _receipt.Learned + turn.Learned, _receipt.Correct + turn.Correct);
            if (turn.Refused is { } refused)
            {
                throw new EventRefusedException(refused.Sequence, refused.Reason) { Before = _receipt };
            }

            bool mustWait = next < batch.Events.Count && turn.IsBlocked;
            if (next == batch.Events.Count || (mustWait && !await memory.SettleAsync(patience, cancellationToken)))
            {
                return new FeedProgress(_receipt, next);
            }
        }
    }
}
