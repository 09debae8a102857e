using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>What the owners of one process share.</summary>
/// <param name="Store">Where they keep their state.</param>
/// <param name="Compute">Where they compute.</param>
public sealed record TierHosting(ITierStore Store, ICompute Compute)
{
    /// <summary>How many threads a fold may use.</summary>
    public int FoldThreads { get; init; } = 1;

    /// <summary>Where a level's shards add up their parts of a round; null for beside its owner, on the threads that a fold may use.</summary>
    public ILevelShards? Shards { get; init; }

    /// <summary>How every memory and consolidator queues what it is asked.</summary>
    public MailboxOptions Mailbox { get; init; } = new();

    /// <summary>The largest update that a consolidator takes.</summary>
    public FrameLimits Limits { get; init; } = FrameLimits.Default;

    /// <summary>Counts what memories learn; one for each model, where somebody wants to know.</summary>
    public LearningCounter Learning { get; init; } = new();

    /// <summary>Which of the models of a name it is for; empty where nothing of an earlier one can be left.</summary>
    public string Incarnation { get; init; } = "";

    /// <summary>Has a memory named somewhere before it learns; null where the store can list what it holds.</summary>
    public Func<MemoryAddress, CancellationToken, ValueTask>? NameMemoryAsync { get; init; }

    /// <summary>The clock for the deadlines of rounds, and for schedules.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
