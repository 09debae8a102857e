namespace NestedLearning.Tiers;

/// <summary>
/// Names one flush. A sender that repeats a flush because it does not know what became of it uses the ticket again, and
/// no second period is ended: in a round of several sources an additional, empty update would stand for a whole period.
/// </summary>
/// <param name="Value">Any number but 0; two flushes of one source have different ones.</param>
public readonly record struct FlushTicket(long Value)
{
    /// <summary>A ticket for a new flush.</summary>
    public static FlushTicket Next() => new(Random.Shared.NextInt64(1, long.MaxValue));
}
