namespace NestedLearning.Tiers;

/// <summary>
/// Names one request to run a schedule. A caller that repeats it because it does not know what became of it uses the ticket
/// again, and gets that run instead of a second one.
/// </summary>
/// <param name="Value">Any number but 0; below 2^53, so that JSON carries it everywhere.</param>
public readonly record struct RunTicket(long Value)
{
    /// <summary>A ticket for a new run.</summary>
    public static RunTicket Next() => new(Random.Shared.NextInt64(1, 1L << 53));
}
