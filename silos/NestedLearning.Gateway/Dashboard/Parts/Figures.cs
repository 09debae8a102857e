using System.Globalization;

namespace NestedLearning.Gateway.Dashboard.Parts;

/// <summary>Numbers and times as pages write them: with units, which no line break parts from their number.</summary>
public static class Figures
{
    private const char Space = '\u00A0';

    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>A whole number, in groups of three digits.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number of things, with their name.</summary>
    public static string Count(long value, string one, string many) => $"{Count(value)}{Space}{(value == 1 ? one : many)}";

    /// <summary>A fraction in percent; a dash for none.</summary>
    public static string Percent(double? fraction) =>
        fraction is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:F1}{Space}%") : "–";

    /// <summary>A fraction in percent without decimals or unit, for narrow cells.</summary>
    public static string WholePercent(double fraction) => (fraction * 100).ToString("F0", CultureInfo.InvariantCulture);

    /// <summary>A number of bytes, with three digits or so.</summary>
    public static string Bytes(long value)
    {
        double size = value;
        int unit = 0;
        while (size >= 1024 && unit < ByteUnits.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        string format = unit == 0 || size >= 100 ? "F0" : size >= 10 ? "F1" : "F2";
        return size.ToString(format, CultureInfo.InvariantCulture) + Space + ByteUnits[unit];
    }

    /// <summary>A length of time, by its largest unit.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => Unit(Math.Max(0, time.TotalMilliseconds), "F0", "ms"),
        { TotalSeconds: < 10 } when time.Milliseconds > 0 => Unit(time.TotalSeconds, "F1", "s"),
        { TotalMinutes: < 1 } => Unit(Math.Floor(time.TotalSeconds), "F0", "s"),
        { TotalHours: < 1 } => Unit(Math.Floor(time.TotalMinutes), "F0", "min"),
        { TotalDays: < 2 } => Unit(Math.Floor(time.TotalHours), "F0", "h"),
        _ => Unit(Math.Floor(time.TotalDays), "F0", "d"),
    };

    /// <summary>How long ago something was, or in how long it will be; in steps of a second at least.</summary>
    public static string Ago(DateTimeOffset time, DateTimeOffset now)
    {
        TimeSpan passed = now - time;
        return passed.Duration() < TimeSpan.FromSeconds(1) ? "now"
            : passed > TimeSpan.Zero ? $"{Duration(WholeSeconds(passed))} ago"
            : $"in {Duration(WholeSeconds(-passed))}";
    }

    /// <summary>A time of the day in UTC, with the date.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A time as machines read it.</summary>
    public static string Machine(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A place in a drawing.</summary>
    public static string Place(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    /// <summary>Tenths would make a text that counts wider and narrower.</summary>
    private static TimeSpan WholeSeconds(TimeSpan time) => time < TimeSpan.FromSeconds(10) ? TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds)) : time;

    private static string Unit(double value, string format, string unit) => value.ToString(format, CultureInfo.InvariantCulture) + Space + unit;
}
