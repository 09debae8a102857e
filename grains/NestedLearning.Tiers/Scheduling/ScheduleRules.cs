using System.Text.RegularExpressions;

namespace NestedLearning.Tiers;

/// <summary>What a schedule's settings have to be.</summary>
internal static partial class ScheduleRules
{
    private const int MaxKeep = 10_000;
    private const int MaxZoneLength = 64;

    private static readonly TimeSpan MinIdle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxIdle = TimeSpan.FromDays(366);

    /// <summary>One line for each setting that is not accepted.</summary>
    public static IReadOnlyList<string> Violations(ScheduleSpec spec)
    {
        List<string> violations = [];
        Check(Enum.IsDefined(spec.Action), nameof(spec.Action), spec.Action, string.Join(", ", Enum.GetNames<ScheduledAction>()));
        Check(Enum.IsDefined(spec.Missed), nameof(spec.Missed), spec.Missed, string.Join(", ", Enum.GetNames<MissedRunPolicy>()));
        TimeZoneInfo? zone = Zone(spec.TimeZone);
        Check(zone is not null, nameof(spec.TimeZone), $"'{Shorten(spec.TimeZone)}'", "an IANA name such as Europe/Berlin");
        if (CronProblem(spec.Cron, zone ?? TimeZoneInfo.Utc) is { } problem)
        {
            violations.Add($"{nameof(spec.Cron)} is '{Shorten(spec.Cron)}': {problem.TrimEnd('.')}");
        }

        bool takesLevel = spec.Action is ScheduledAction.Consolidate or ScheduledAction.Snapshot;
        Check(takesLevel || spec.Level is null, nameof(spec.Level), $"'{spec.Level}'", $"none, {spec.Action} concerns the whole model");
        if (spec.Action == ScheduledAction.Expire)
        {
            Check(spec.IdleFor >= MinIdle && spec.IdleFor <= MaxIdle, nameof(spec.IdleFor), spec.IdleFor?.ToString() ?? "missing", "1 minute to 366 days");
        }
        else
        {
            Check(spec.IdleFor is null, nameof(spec.IdleFor), spec.IdleFor, $"none, it goes with {ScheduledAction.Expire} only");
        }

        Check(spec.Keep is >= 1 and <= MaxKeep, nameof(spec.Keep), spec.Keep, $"1 to {MaxKeep}");
        return violations;

        void Check<T>(bool holds, string setting, T value, string accepted)
        {
            if (!holds)
            {
                violations.Add(FormattableString.Invariant($"{setting} is {value}, accepted: {accepted}"));
            }
        }
    }

    private static string? CronProblem(string cron, TimeZoneInfo zone)
    {
        try
        {
            _ = new CronTimes(cron, zone);
            return null;
        }
        catch (FormatException error)
        {
            return error.Message.Split(" (")[0]; // What follows is of the parser's inside.
        }
    }

    /// <summary>The zone of a name, which is never taken for a path.</summary>
    private static TimeZoneInfo? Zone(string name) =>
        name.Length <= MaxZoneLength && ZoneName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
            ? zone
            : null;

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "...";

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_+/-]*$")]
    private static partial Regex ZoneName();
}
