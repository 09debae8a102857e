namespace NestedLearning.Grains;

/// <summary>How the tiers run in a silo.</summary>
public sealed class TierSiloOptions
{
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

    /// <summary>How long a level stays in memory after its last update, above zero to a day; default 15 minutes.</summary>
    public TimeSpan RoundResidence { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The clock for the deadlines of rounds.</summary>
    public TimeProvider RoundClock { get; set; } = TimeProvider.System;
}
