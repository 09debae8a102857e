namespace NestedLearning.Grains;

/// <summary>How the tiers run in a silo.</summary>
public sealed class TierSiloOptions
{
    /// <summary>The least that <see cref="MaxResidentMemoryBytes"/> may be.</summary>
    internal const long LeastMemoryBytes = 16 * 1024 * 1024;

    /// <summary>How many threads one fold may use, 1 to 1,024; default: the processor's cores, at most 8.</summary>
    public int FoldThreads { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    /// <summary>
    /// The longest message between tiers, 65,536 to 67,108,864 bytes; default 4 MiB. What is longer travels in parts, so
    /// that it holds up no other message for long; Orleans itself takes 100 MB.
    /// </summary>
    public int MessageBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How many parts of one frame may be under way, 1 to 64; default 4. This bounds a sender's queue.</summary>
    public int PartsInFlight { get; set; } = 4;

    /// <summary>The longest update that a level takes, 1,048,576 to 2,147,483,591 bytes; default 256 MiB.</summary>
    public int MaxUpdateBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>
    /// How long a call waits for a version before it answers with what there is, above zero to 25 seconds; default 10
    /// seconds. It has to be shorter than the response timeout of Orleans.
    /// </summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a fold waits for a shard of its level before the level's owner adds the part up itself, above zero to 10 minutes; default
    /// 30 seconds.
    /// </summary>
    public TimeSpan ShardTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a level stays in memory after its last update, above zero to a day; default 15 minutes.</summary>
    public TimeSpan RoundResidence { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How much memory the fast memories may occupy together, from 16 MiB; default: half of what the process may have. Over
    /// it, those that were used longest ago are saved and leave; they come back with their next call. Versions of shared
    /// levels, folds and what Orleans needs are not in it.
    /// </summary>
    public long MaxResidentMemoryBytes { get; set; } =
        Math.Max(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2, LeastMemoryBytes);

    /// <summary>How many fast memories may be in memory, 1 to 10,000,000; default 100,000. Over it, the same happens.</summary>
    public int MaxResidentMemories { get; set; } = 100_000;

    /// <summary>
    /// How long a memory stays in memory after its last call, 2 minutes to 30 days; default 10 minutes. Longer saves loads
    /// where tenants come back; shorter leaves the room to others.
    /// </summary>
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The clock for the deadlines of rounds.</summary>
    public TimeProvider RoundClock { get; set; } = TimeProvider.System;

    /// <summary>How the parts of one frame are sent or fetched at once.</summary>
    internal ParallelOptions Window(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = PartsInFlight, CancellationToken = cancellationToken };
}
