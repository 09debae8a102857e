namespace NestedLearning.Grains;

/// <summary>Errors that problem documents leave out, because they concern the inside of a cluster.</summary>
[Alias("nl.TierFaultKind")]
internal enum TierFaultKind
{
    /// <summary>It is a problem document.</summary>
    Problem,

    /// <summary>A store failed.</summary>
    Store,

    /// <summary>A queue is full.</summary>
    Busy,

    /// <summary>An owner stops or moves.</summary>
    Stopping,

    /// <summary>A worker's lease is over.</summary>
    LeaseLost,

    /// <summary>Any other error that is raised on purpose; its message is all that travels.</summary>
    Other,
}
