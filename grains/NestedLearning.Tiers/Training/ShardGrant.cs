using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>All that a worker needs to learn a shard, or to read the data through before anybody can.</summary>
/// <remarks>
/// The memory belongs to the shard, not to the worker: whoever takes a shard over feeds the same memory under the same
/// numbers, and the memory skips what it knows. That is why an event counts once even if two workers feed it.
/// </remarks>
/// <param name="Run">The number of the run among those of its model.</param>
/// <param name="Spec">The run.</param>
/// <param name="Extent">What the run found before its first event; null for a worker that has to find out.</param>
/// <param name="Lease">The right to report.</param>
/// <param name="After">The last of the shard's events that is durable; the worker goes on after it.</param>
public sealed record ShardGrant(long Run, RunSpec Spec, RunExtent? Extent, ShardLease Lease, long After)
{
    /// <summary>The sender's name under which a shard's events have their numbers.</summary>
    public static readonly SourceId Source = new("run");

    /// <summary>Which events they are, once the data is known.</summary>
    public RunShard Shard => RunShard.Of(Spec, Extent?.Events ?? 0, Lease.Shard);

    /// <summary>Whose memory learns them.</summary>
    public TenantId Memory => MemoryOf(Run, Lease.Shard);

    /// <summary>The memory of a shard of a model's run.</summary>
    public static TenantId MemoryOf(long run, int shard) => new(FormattableString.Invariant($"run-{run}-shard-{shard}"));

    /// <summary>
    /// The flush with which the shard's memory ends its part of a round. Two workers that feed the memory at the same time
    /// give it the same one, and it ends one period.
    /// </summary>
    /// <param name="version">The level's version before the round.</param>
    /// <param name="sequence">The last event before the flush.</param>
    public static FlushTicket TicketOf(long version, long sequence) => new(((version + 1) << 32) + sequence);
}
