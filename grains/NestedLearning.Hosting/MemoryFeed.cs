using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>What one turn of a feed came to.</summary>
/// <param name="Next">The first event that was not consumed.</param>
/// <param name="Learned">The new events that it learned.</param>
/// <param name="IsBlocked">Whether the memory has to wait for a version before it learns on.</param>
/// <param name="Refused">The event that is not acceptable, if there is one.</param>
internal sealed record LearnedTurn(int Next, LearningTotals Learned, bool IsBlocked, EventRefusedException? Refused)
{
    /// <summary>What the source's events have come to, after the save that may have followed.</summary>
    public Receipt Marks { get; init; }

    /// <summary>How many events of the memory are in no saved state after that.</summary>
    public long NotDurable { get; init; }

    /// <summary>The turn's answer.</summary>
    public FeedReceipt ToReceipt() => new(Marks, (int)Learned.Learned, (int)Learned.Correct)
    {
        Loss = Learned.Loss,
        CodeLength = Learned.CodeLength,
        NotDurable = NotDurable,
    };
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
            _receipt = _receipt.Then(turn.ToReceipt());
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
