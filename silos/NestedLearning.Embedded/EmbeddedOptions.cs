using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>How the embedded engine runs.</summary>
public sealed record EmbeddedOptions
{
    /// <summary>How many threads a fold may use, from 1; by default the processor's cores, at most 8.</summary>
    public int FoldThreads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    /// <summary>How every memory and consolidator queues what it is asked.</summary>
    public MailboxOptions Mailbox { get; init; } = new();

    /// <summary>The largest update that a consolidator takes.</summary>
    public FrameLimits Limits { get; init; } = FrameLimits.Default;

    /// <summary>The clock for the deadlines of rounds.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
