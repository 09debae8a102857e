using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace NestedLearning.Tiers.Tests.Scheduling;

/// <summary>Times are given in UTC; the golden ones are worked out by hand from the calendar and the zone's rules.</summary>
public class CronTimesTests
{
    [Theory]
    [InlineData("30 4 * * *", "2026-01-01T04:30:00", "2026-01-02T04:30:00")]
    [InlineData("*/20 * * * *", "2026-01-01T00:20:00", "2026-01-01T00:40:00", "2026-01-01T01:00:00")]
    [InlineData("0 0 * * 0", "2026-01-04T00:00:00", "2026-01-11T00:00:00")] // Sundays
    [InlineData("0 0 * * 7", "2026-01-04T00:00:00")]
    [InlineData("0 0 * * SUN", "2026-01-04T00:00:00")]
    [InlineData("0 0 ? * 1", "2026-01-05T00:00:00")] // Mondays
    [InlineData("0 0 * * 1-5", "2026-01-02T00:00:00", "2026-01-05T00:00:00")]
    [InlineData("0 0 * * 5-7", "2026-01-02T00:00:00", "2026-01-03T00:00:00", "2026-01-04T00:00:00", "2026-01-09T00:00:00")]
    [InlineData("0 0 * * 0-7", "2026-01-02T00:00:00", "2026-01-03T00:00:00", "2026-01-04T00:00:00", "2026-01-05T00:00:00")]
    [InlineData("0 0 * * 1-5/2", "2026-01-02T00:00:00", "2026-01-05T00:00:00", "2026-01-07T00:00:00", "2026-01-09T00:00:00")]
    [InlineData("0 0 * * 1,3", "2026-01-05T00:00:00", "2026-01-07T00:00:00")]
    [InlineData("0 0 * * 5L", "2026-01-30T00:00:00")] // the last Friday of the month
    [InlineData("0 0 * * 1#2", "2026-01-12T00:00:00")] // the second Monday
    [InlineData("0 0 1 jan,jul *", "2026-07-01T00:00:00", "2027-01-01T00:00:00")]
    [InlineData("  0\t0  2 * ? ", "2026-01-02T00:00:00")]
    public void After_FiveFields_AreThoseOfCrontab(string cron, params string[] expected) =>
        Assert.Equal(expected, Times(cron, "UTC", "2026-01-01T00:00:00", expected.Length));

    [Theory]
    [InlineData("15 30 4 * * ?", "2026-01-01T04:30:15")]
    [InlineData("0 0 0 ? * 1", "2026-01-04T00:00:00")] // Quartz counts from 1 for Sunday
    [InlineData("0 0 0 ? * 2-6", "2026-01-02T00:00:00", "2026-01-05T00:00:00")]
    [InlineData("0 0 12 1 1 ? 2028-2030", "2028-01-01T12:00:00", "2029-01-01T12:00:00", "2030-01-01T12:00:00")]
    [InlineData("0 0 0 15W * ?", "2026-01-15T00:00:00", "2026-02-16T00:00:00")] // the 15th of February is a Sunday
    public void After_SixOrSevenFields_AreThoseOfQuartz(string cron, params string[] expected) =>
        Assert.Equal(expected, Times(cron, "UTC", "2026-01-01T00:00:00", expected.Length));

    [Theory]
    [InlineData("0 0 31 * *", "2026-03-31T00:00:00", "2026-05-31T00:00:00", "2026-07-31T00:00:00", "2026-08-31T00:00:00")]
    [InlineData("0 0 L * *", "2026-02-28T00:00:00", "2026-03-31T00:00:00", "2026-04-30T00:00:00")]
    [InlineData("0 0 29 2 *", "2028-02-29T00:00:00", "2032-02-29T00:00:00")]
    public void After_MonthEnds_FollowTheCalendar(string cron, params string[] expected) =>
        Assert.Equal(expected, Times(cron, "UTC", "2026-01-31T00:00:00", expected.Length));

    [Fact]
    public void After_NoTimeToCome_IsNull()
    {
        Assert.Null(new CronTimes("0 0 31 2 *", TimeZoneInfo.Utc).After(At("2026-01-01T00:00:00")));
        Assert.Null(new CronTimes("0 0 0 1 1 ? 2025", TimeZoneInfo.Utc).After(At("2026-01-01T00:00:00")));
    }

    [Theory]
    [InlineData("0 3 * * *", "Europe/Berlin", "2026-06-01T01:00:00")] // two hours before UTC in summer
    [InlineData("0 3 * * *", "Asia/Kolkata", "2026-06-01T21:30:00")]
    [InlineData("0 3 * * *", "America/St_Johns", "2026-06-01T05:30:00")]
    [InlineData("0 3 * * *", "Etc/GMT+5", "2026-06-01T08:00:00")]
    public void After_TimeZone_IsTheLocalTime(string cron, string zone, string expected) =>
        Assert.Equal([expected], Times(cron, zone, "2026-06-01T00:00:00", 1));

    /// <summary>Berlin, 29 March 2026: 02:00 is 03:00, at 01:00 UTC.</summary>
    [Theory]
    [InlineData("30 2 * * *", "2026-03-28T01:30:00", "2026-03-29T01:30:00", "2026-03-30T00:30:00")] // 03:30, an hour later
    [InlineData("0 3 * * *", "2026-03-28T02:00:00", "2026-03-29T01:00:00", "2026-03-30T01:00:00")]
    [InlineData("0 */6 * * *", "2026-03-28T05:00:00", "2026-03-28T11:00:00", "2026-03-28T17:00:00", "2026-03-28T23:00:00", "2026-03-29T04:00:00")]
    public void After_ClockJumpsForward_LosesNoDay(string cron, params string[] expected) =>
        Assert.Equal(expected, Times(cron, "Europe/Berlin", "2026-03-28T00:00:00", expected.Length));

    /// <summary>Berlin, 25 October 2026: 03:00 is 02:00 again, at 01:00 UTC.</summary>
    [Theory]
    [InlineData("30 2 * * *", "2026-10-25T00:30:00", "2026-10-26T01:30:00")] // once
    [InlineData("0,30 2,3 * * *", "2026-10-25T00:00:00", "2026-10-25T00:30:00", "2026-10-25T02:00:00", "2026-10-25T02:30:00")]
    [InlineData("0 * * * *", "2026-10-24T22:00:00", "2026-10-24T23:00:00", "2026-10-25T00:00:00", "2026-10-25T01:00:00", "2026-10-25T02:00:00")]
    [InlineData("55 1/1 * * *", "2026-10-24T23:55:00", "2026-10-25T00:55:00", "2026-10-25T01:55:00", "2026-10-25T02:55:00")]
    [InlineData("0 */12 * * *", "2026-10-24T22:00:00", "2026-10-25T11:00:00")]
    public void After_ClockGoesBack_RepeatsIntervalsOnly(string cron, params string[] expected) =>
        Assert.Equal(expected, Times(cron, "Europe/Berlin", "2026-10-24T21:59:00", expected.Length));

    [Fact]
    public void After_FromWithinTheRepeatedHour_RunsNoFixedTimeTwice() =>
        Assert.Equal(["2026-10-26T01:30:00"], Times("30 2 * * *", "Europe/Berlin", "2026-10-25T01:10:00", 1));

    [Theory]
    [InlineData("Europe/Berlin", 2026)]
    [InlineData("America/Sao_Paulo", 2018)] // midnight was left out
    [InlineData("Australia/Lord_Howe", 2026)] // half an hour
    [InlineData("Pacific/Apia", 2011)] // a whole day was left out
    [InlineData("Africa/Casablanca", 2013)] // four changes in a year
    [InlineData("Africa/Casablanca", 2026)]
    public void After_EveryTenMinutes_NeverPausesNorHurries(string zone, int year)
    {
        TimeZoneInfo place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        CronTimes times = new("*/10 * * * *", place);
        foreach (DateTimeOffset change in Changes(place, year))
        {
            for (DateTimeOffset time = change.AddDays(-1); time < change.AddDays(2); time = time.AddMinutes(10))
            {
                Assert.Equal(time.AddMinutes(10), times.After(time));
            }
        }
    }

    [Theory]
    [InlineData("Europe/Berlin", 2026, "30 2 * * *")]
    [InlineData("Africa/Casablanca", 2013, "30 2 * * *")]
    [InlineData("America/Sao_Paulo", 2018, "0 0 * * *")]
    [InlineData("Australia/Lord_Howe", 2026, "45 1 * * *")]
    public void After_FixedTimeFromAnywhere_IsOnceADay(string zone, int year, string cron)
    {
        TimeZoneInfo place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        CronTimes times = new(cron, place);
        foreach (DateTimeOffset change in Changes(place, year))
        {
            HashSet<DateTimeOffset> found = [];
            for (DateTimeOffset time = change.AddDays(-2); time < change.AddDays(3); time = time.AddMinutes(7))
            {
                DateTimeOffset next = times.After(time)!.Value;
                Assert.True(next > time);
                found.Add(next);
            }

            DateTime[] days = [.. found.Select(time => TimeZoneInfo.ConvertTime(time, place).Date)];
            Assert.Equal(Enumerable.Range(0, days.Length).Select(day => days[0].AddDays(day)), days);
        }
    }

    [Theory]
    [InlineData("", "0 fields")]
    [InlineData("x", "1 fields")]
    [InlineData("* * * *", "4 fields")]
    [InlineData("* * * * * * * *", "8 fields")]
    [InlineData("0 0 1 * 1", "both")]
    [InlineData("0 0 * * 8", "0 to 7")]
    [InlineData("61 * * * *", "0 and 59")]
    [InlineData("0 24 * * *", "0 and 23")]
    [InlineData("0 0 32 * *", "1 and 31")]
    [InlineData("0 0 0 1 1 1", "not implemented")]
    [InlineData("0 0 0 ? * ?", "'?'")]
    [InlineData("L 0 0 * * ?", "its second is 'L'")] // the parser would never end
    [InlineData("*/0 * * * *", "its minute is '*/0'")]
    [InlineData("0 1,,2 * * *", "its hour is '1,,2'")]
    [InlineData("0 0 1 FOO *", "FOO")]
    public void Constructor_NotAccepted_SaysWhy(string cron, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => new CronTimes(cron, TimeZoneInfo.Utc)).Message, StringComparison.Ordinal);

    [Fact]
    public void Constructor_AnyFields_AreReadOrRefused()
    {
        Gen<string> token = Gen.Elements("0", "7", "12", "99", "*", "?", "/", "-", ",", "L", "W", "#", "MON", "jan", "é");
        Gen<string> field = Gen.Choose(1, 3).SelectMany(token.ArrayOf).Select(string.Concat);
        Prop.ForAll(Gen.Choose(5, 7).SelectMany(field.ArrayOf).ToArbitrary(), fields =>
        {
            try
            {
                _ = new CronTimes(string.Join(' ', fields), TimeZoneInfo.Utc).After(At("2026-01-01T00:00:00"));
            }
            catch (FormatException)
            {
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static DateTimeOffset At(string utc) =>
        DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>The days of a year on which a place changes its clocks; at least one.</summary>
    private static DateTimeOffset[] Changes(TimeZoneInfo place, int year)
    {
        DateTimeOffset start = new(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
        DateTimeOffset[] changes =
            [.. Enumerable.Range(2, 360).Select(day => start.AddDays(day)).Where(day => place.GetUtcOffset(day) != place.GetUtcOffset(day.AddDays(1)))];
        Assert.NotEmpty(changes);
        return changes;
    }

    private static string[] Times(string cron, string zone, string start, int count)
    {
        CronTimes times = new(cron, TimeZoneInfo.FindSystemTimeZoneById(zone));
        List<string> found = [];
        DateTimeOffset time = At(start);
        while (found.Count < count)
        {
            time = times.After(time)!.Value;
            found.Add(time.UtcDateTime.ToString("s", CultureInfo.InvariantCulture));
        }

        return [.. found];
    }
}
