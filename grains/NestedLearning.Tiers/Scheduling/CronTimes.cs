using Quartz;

namespace NestedLearning.Tiers;

/// <summary>
/// The times of a cron expression in a time zone. Accepted are the ordinary five fields (minute, hour, day of month, month,
/// day of week from 0 or 7 for Sunday) and the six or seven of Quartz (seconds first, a year last, days of the week from
/// 1 for Sunday, <c>?</c> for the day that does not matter); in both also names, lists, ranges, steps, <c>L</c>, <c>W</c>
/// and <c>#</c>. Only one of the two days may be restricted.
/// </summary>
/// <remarks>
/// When the clock jumps forward, a time that it leaves out comes as much later. When it goes back, the hours that repeat
/// count twice where the hour has <c>*</c> or a step, so that no interval grows, and once where it is fixed. The parser
/// only sees times as a clock on the wall shows them: it would take some of those that repeat for times that are over.
/// </remarks>
internal sealed class CronTimes
{
    private const int HourField = 2;

    /// <summary>No clock was ever moved by more than a day.</summary>
    private static readonly TimeSpan BeyondAnyJump = TimeSpan.FromHours(26);

    private readonly CronExpression _cron;
    private readonly TimeZoneInfo _zone;
    private readonly bool _isInterval;

    /// <exception cref="FormatException">The expression is not accepted; the message says why.</exception>
    public CronTimes(string text, TimeZoneInfo zone)
    {
        string expression = CronText.ToQuartz(text);
        _cron = new CronExpression(expression) { TimeZone = TimeZoneInfo.Utc };
        _zone = zone;
        _isInterval = expression.Split(' ')[HourField].AsSpan().ContainsAny('*', '/');
    }

    /// <summary>The first time after <paramref name="time"/>; null when there is none.</summary>
    public DateTimeOffset? After(DateTimeOffset time)
    {
        DateTime? wall = NextOnTheWall(TimeZoneInfo.ConvertTime(time, _zone).DateTime);
        while (wall is { } shown)
        {
            if (At(shown, time) is { } next)
            {
                return _isInterval ? InRepeatedHours(time, next) ?? next : next;
            }

            wall = NextOnTheWall(shown);
        }

        return null;
    }

    /// <summary>When after <paramref name="time"/> the clock shows this, or would have shown it.</summary>
    private DateTimeOffset? At(DateTime wall, DateTimeOffset time)
    {
        // Only what the zone says of instants: what it says of times on the wall is not right for every zone.
        DateTimeOffset about = new(wall, TimeSpan.Zero);
        TimeSpan before = _zone.GetUtcOffset(about - BeyondAnyJump);
        TimeSpan after = _zone.GetUtcOffset(about + BeyondAnyJump);
        bool showsBefore = Shows(before);
        DateTimeOffset first = about - (showsBefore || !Shows(after) ? before : after);
        DateTimeOffset last = about - (_isInterval && Shows(after) ? after : before);
        return first > time ? first : last > first && last > time ? last : null;

        bool Shows(TimeSpan offset) => _zone.GetUtcOffset(about - offset) == offset;
    }

    /// <summary>The first time before <paramref name="end"/> that only shows once the clock has gone back.</summary>
    private DateTimeOffset? InRepeatedHours(DateTimeOffset time, DateTimeOffset end)
    {
        TimeSpan offset = _zone.GetUtcOffset(end);
        DateTimeOffset? next = offset < _zone.GetUtcOffset(time) ? After(time) : null;
        while (next < end && _zone.GetUtcOffset(next.Value) != offset)
        {
            next = After(next.Value);
        }

        return next < end ? next : null;

        DateTimeOffset? After(DateTimeOffset instant) => NextOnTheWall(instant.ToOffset(offset).DateTime) is { } wall
            ? new DateTimeOffset(wall, offset).ToUniversalTime()
            : null;
    }

    private DateTime? NextOnTheWall(DateTime wall) => _cron.GetTimeAfter(new DateTimeOffset(wall, TimeSpan.Zero))?.DateTime;
}
