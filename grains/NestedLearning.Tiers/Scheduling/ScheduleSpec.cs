using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>What is done to a model, and when.</summary>
/// <param name="Id">The schedule's name.</param>
/// <param name="Action">What is done.</param>
/// <param name="Cron">
/// When: five fields as in crontab, or six or seven as Quartz takes them; <c>docs/serve.md</c> says what is accepted.
/// </param>
public sealed record ScheduleSpec(ScheduleId Id, ScheduledAction Action, string Cron)
{
    /// <summary>The time zone of <see cref="Cron"/>, by its IANA name; default UTC.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The shared level that is consolidated or kept; null, the default, for all of them.</summary>
    public LevelId? Level { get; init; }

    /// <summary>What becomes of a missed time; default <see cref="MissedRunPolicy.RunOnce"/>.</summary>
    public MissedRunPolicy Missed { get; init; }

    /// <summary>How long nobody has used a memory that expires, 1 minute to 366 days; required for that action only.</summary>
    public TimeSpan? IdleFor { get; init; }

    /// <summary>How many snapshots of a level this schedule keeps, 1 to 10,000; the oldest go. Default 10.</summary>
    public int Keep { get; init; } = 10;

    /// <summary>Reports every violation at once.</summary>
    /// <exception cref="InvalidScheduleException">At least one setting is not accepted.</exception>
    public void Validate()
    {
        IReadOnlyList<string> violations = ScheduleRules.Violations(this);
        if (violations.Count > 0)
        {
            throw new InvalidScheduleException(violations);
        }
    }

    /// <summary>Its times; only of a spec that is valid.</summary>
    internal CronTimes Times() => new(Cron, TimeZoneInfo.FindSystemTimeZoneById(TimeZone));
}
