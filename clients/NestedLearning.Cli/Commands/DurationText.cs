using System.Globalization;

namespace NestedLearning.Cli.Commands;

/// <summary>Durations as they are typed: a whole number and its unit, such as <c>90m</c>.</summary>
internal static class DurationText
{
    private const int MaxDigits = 6;

    /// <exception cref="UsageException">It is none.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        TimeSpan? unit = text is [.., var last] ? Unit(last) : null;
        return unit is { } one
            && text.Length <= MaxDigits + 1
            && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? one * number
                : throw new UsageException($"{option} is '{text}'; accepted: a whole number and its unit, such as 45s, 90m, 12h or 7d.");
    }

    private static TimeSpan? Unit(char letter) => letter switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        _ => null,
    };
}
