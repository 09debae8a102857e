namespace NestedLearning.Tiers;

/// <summary>How a schedule stands.</summary>
/// <param name="Spec">What it does, and when.</param>
/// <param name="Next">When it is to run next; over while that run has not begun, and null when no time is to come.</param>
/// <param name="Last">The last run, which may be under way; null before the first.</param>
public sealed record ScheduleStatus(ScheduleSpec Spec, DateTimeOffset? Next, ScheduleRun? Last);
