using System.Globalization;
using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Scheduling;

/// <summary>A schedule that runs every hour, and times to look at it.</summary>
internal static class Schedules
{
    public static ScheduleSpec Hourly { get; } = new(new ScheduleId("hourly"), ScheduledAction.Consolidate, "0 * * * *");

    public static RunResult Done { get; } = new("done", new Dictionary<string, double> { ["events"] = 3 });

    /// <summary>A time on a day without surprises.</summary>
    public static DateTimeOffset At(string time) =>
        DateTimeOffset.Parse($"2026-05-05T{time}Z", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>The schedule as it is set at half past eight.</summary>
    public static ScheduleState Create(ScheduleSpec? spec = null) => ScheduleState.Create(spec ?? Hourly, At("08:30"));
}
