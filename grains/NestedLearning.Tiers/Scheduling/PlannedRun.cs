namespace NestedLearning.Tiers;

/// <summary>A run that may begin.</summary>
/// <param name="Cause">Why.</param>
/// <param name="Planned">The time it stands for.</param>
public readonly record struct PlannedRun(RunCause Cause, DateTimeOffset Planned)
{
    /// <summary>The request that it answers; 0 when nobody asked.</summary>
    public long Ticket { get; init; }
}
