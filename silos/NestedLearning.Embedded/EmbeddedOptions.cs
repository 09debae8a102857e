using NestedLearning.Hosting;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>How the embedded engine runs.</summary>
public sealed record EmbeddedOptions
{
    /// <summary>How many threads a fold may use, 1 to 1,024; by default the processor's cores, at most 8.</summary>
    public int FoldThreads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    /// <summary>How every memory and consolidator queues what it is asked.</summary>
    public MailboxOptions Mailbox { get; init; } = new();

    /// <summary>The largest update that a consolidator takes.</summary>
    public FrameLimits Limits { get; init; } = FrameLimits.Default;

    /// <summary>The clock for the deadlines of rounds.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reports every violation at once.</summary>
    /// <exception cref="InvalidEmbeddedOptionsException">At least one option is out of its range.</exception>
    public void Validate()
    {
        List<string> violations = [];
        if (FoldThreads is < 1 or > 1024)
        {
            violations.Add($"{nameof(FoldThreads)} is {FoldThreads}, accepted: 1 to 1024");
        }

        if (Mailbox.Capacity < 1)
        {
            violations.Add($"{nameof(Mailbox)}.{nameof(Mailbox.Capacity)} is {Mailbox.Capacity}, accepted: at least 1");
        }

        if (violations.Count > 0)
        {
            throw new InvalidEmbeddedOptionsException(violations);
        }
    }

    internal TierHosting ToHosting(ITierStore store) => new(store, new CallersCompute())
    {
        FoldThreads = FoldThreads,
        Mailbox = Mailbox,
        Limits = Limits,
        Time = Time,
    };
}
