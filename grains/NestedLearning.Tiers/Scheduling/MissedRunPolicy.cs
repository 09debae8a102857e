namespace NestedLearning.Tiers;

/// <summary>What becomes of a time at which nobody was there to run a schedule, and of a run that a crash cut off.</summary>
public enum MissedRunPolicy
{
    /// <summary>However many times were missed, the schedule runs once when somebody is back.</summary>
    RunOnce,

    /// <summary>The schedule goes on with the next time to come.</summary>
    Skip,
}
