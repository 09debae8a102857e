namespace NestedLearning.Tiers;

/// <summary>
/// Names one flush. A sender that repeats a flush because it does not know what became of it uses the ticket again, and
/// no second period is ended: in a round of several sources an additional, empty update would stand for a whole period.
/// </summary>
/// <param name="Value">Any number but 0; two flushes of one source have different ones.</param>
public readonly record struct FlushTicket(long Value)
{
    /// <summary>
    /// The sequence number up to which the sender knows its events to be applied, 0 for none. A memory that lost events up
    /// to there refuses the flush: ended without them, the period would need a second flush, for which no round waits.
    /// </summary>
    public long After { get; init; }

    /// <summary>A ticket for a new flush.</summary>
    public static FlushTicket Next() => new(Random.Shared.NextInt64(1, long.MaxValue));
}
