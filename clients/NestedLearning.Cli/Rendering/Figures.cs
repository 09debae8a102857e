using System.Globalization;

namespace NestedLearning.Cli.Rendering;

/// <summary>Writes figures for people, the same in every culture.</summary>
internal static class Figures
{
    /// <summary>What stands for a figure that there is not.</summary>
    public const string None = "–";

    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>A fraction in percent without its sign, such as "97.1"; a dash for null and NaN.</summary>
    public static string Percent(double? fraction, int decimals = 1)
    {
        if (fraction is not { } value || !double.IsFinite(value))
        {
            return None;
        }

        // Adding zero takes the sign from what was rounded to nothing.
        double rounded = Math.Round(value * 100, decimals, MidpointRounding.AwayFromZero) + 0.0;
        return rounded.ToString("F" + decimals, CultureInfo.InvariantCulture);
    }

    /// <summary>A number with its thousands apart, such as "28,698".</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A size in binary units with three digits or more, such as "1.50 MiB".</summary>
    public static string Bytes(long bytes)
    {
        double value = Math.Abs((double)bytes);
        int unit = 0;
        while (value >= 999.5 && unit < ByteUnits.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        string format = unit == 0 ? "F0" : value < 9.995 ? "F2" : value < 99.95 ? "F1" : "F0";
        string sign = bytes < 0 ? "-" : "";
        return $"{sign}{value.ToString(format, CultureInfo.InvariantCulture)} {ByteUnits[unit]}";
    }

    /// <summary>A duration in its two largest units, such as "850 ms", "12.3 s", "4 min 05 s" or "2 h 10 min".</summary>
    public static string Duration(TimeSpan duration)
    {
        IFormatProvider culture = CultureInfo.InvariantCulture;
        return duration.TotalSeconds switch
        {
            < 0.9995 => string.Create(culture, $"{duration.TotalMilliseconds:F0} ms"),
            < 59.95 => string.Create(culture, $"{duration.TotalSeconds:F1} s"),
            < 3600 => string.Create(culture, $"{(int)duration.TotalMinutes} min {duration.Seconds:D2} s"),
            _ => string.Create(culture, $"{(long)duration.TotalHours} h {duration.Minutes:D2} min"),
        };
    }

    /// <summary>How many a second, such as "12,345/s"; a dash when no time has passed.</summary>
    public static string Rate(long count, TimeSpan elapsed)
    {
        double rate = count / elapsed.TotalSeconds;
        return !double.IsFinite(rate)
            ? None
            : rate.ToString(rate < 10 ? "N1" : "N0", CultureInfo.InvariantCulture) + "/s";
    }
}
