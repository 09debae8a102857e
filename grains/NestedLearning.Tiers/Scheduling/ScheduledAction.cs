namespace NestedLearning.Tiers;

/// <summary>What a schedule does when its time comes; <see cref="IScheduledActions"/> says it in full.</summary>
public enum ScheduledAction
{
    /// <summary>What memories have learned goes up and is folded, also without the quorum of a round.</summary>
    Consolidate,

    /// <summary>The newest versions are kept as states of their own.</summary>
    Snapshot,

    /// <summary>How much memories knew of what they learned since the last evaluation.</summary>
    Evaluate,

    /// <summary>Memories that nobody has used for a while leave memory; what they learned goes up first.</summary>
    Expire,
}
