using System.Text.RegularExpressions;

namespace NestedLearning.Tiers;

/// <summary>
/// Writes a cron expression as Quartz takes it. What does not follow the grammar is refused here: there are texts over which
/// the parser never ends.
/// </summary>
internal static partial class CronText
{
    private const int MaxLength = 200;
    private const string Any = "*";
    private const string NoMatter = "?";

    private static readonly (string Name, Func<Regex> Grammar)[] Fields =
    [
        ("second", Number), ("minute", Number), ("hour", Number), ("day of the month", Day), ("month", Month), ("day of the week", Weekday), ("year", Number),
    ];

    /// <exception cref="FormatException">It has another number of fields, or one of them is not accepted.</exception>
    public static string ToQuartz(string text)
    {
        if (text.Length > MaxLength)
        {
            throw new FormatException($"it has more than {MaxLength} characters");
        }

        string[] fields = text.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        fields = fields.Length switch
        {
            5 => FromFive(fields),
            6 or 7 => fields,
            _ => throw new FormatException($"it has {fields.Length} fields, accepted are 5, and 6 or 7 with seconds first"),
        };
        foreach ((string field, (string name, Func<Regex> grammar)) in fields.Zip(Fields))
        {
            if (!field.Split(',').All(item => grammar().IsMatch(item)))
            {
                throw new FormatException($"its {name} is '{field}', which is not of the form that is accepted");
            }
        }

        return string.Join(' ', fields);
    }

    private static string[] FromFive(string[] fields)
    {
        (string day, string month, string weekday) = (fields[2], fields[3], fields[4]);
        if (day is not (Any or NoMatter) && weekday is not (Any or NoMatter))
        {
            throw new FormatException("it restricts both the day of the month and the day of the week, accepted is one of them");
        }

        if (weekday is Any or NoMatter)
        {
            return ["0", fields[0], fields[1], day == NoMatter ? Any : day, month, NoMatter];
        }

        // From Sunday to Sunday would be one day when both ends have the same number.
        string week = weekday.Replace("0-7", "0-6", StringComparison.Ordinal);
        return ["0", fields[0], fields[1], NoMatter, month, DayNumber().Replace(week, match => FromSunday(match.Value))];
    }

    /// <summary>Days that are counted from 0, where Sunday is also 7, as days counted from 1.</summary>
    private static string FromSunday(string day) => day switch
    {
        "7" => "1",
        [>= '0' and <= '6'] => ((char)(day[0] + 1)).ToString(),
        _ => throw new FormatException($"its day of the week is {day}, accepted are 0 to 7"),
    };

    /// <summary>A day of the week by number, and neither a step nor the place of a day in its month.</summary>
    [GeneratedRegex("(?<![/#0-9])[0-9]+")]
    private static partial Regex DayNumber();

    [GeneratedRegex("^([*]|[0-9]{1,4}(-[0-9]{1,4})?)(/[1-9][0-9]?)?$")]
    private static partial Regex Number();

    [GeneratedRegex("^([*]|[0-9]{1,2}(-[0-9]{1,2})?)(/[1-9][0-9]?)?$|^[?]$|^L(-[0-9]{1,2})?W?$|^[0-9]{1,2}W$")]
    private static partial Regex Day();

    [GeneratedRegex("^([*]|([0-9]{1,2}|[A-Z]{3})(-([0-9]{1,2}|[A-Z]{3}))?)(/[1-9][0-9]?)?$")]
    private static partial Regex Month();

    [GeneratedRegex("^([*]|([0-9]|[A-Z]{3})(-([0-9]|[A-Z]{3}))?)(/[1-9])?$|^[?]$|^L$|^([0-9]|[A-Z]{3})(L|#[1-5])$")]
    private static partial Regex Weekday();
}
