using System.Text.RegularExpressions;

namespace NestedLearning.Cli.Tests.Documents;

/// <summary>Command lines as a shell reads them, as far as documents need it: words, and quotes that hold them together.</summary>
internal static partial class CommandLine
{
    private const string Built = "dotnet run -c Release --project clients/NestedLearning.Cli -- ";

    /// <summary>The words, without their quotes.</summary>
    public static IReadOnlyList<string> Split(string text) =>
        [.. Word().Matches(text).Select(word => Quote().Replace(word.Value, part => part.Value[1..^1]))];

    /// <summary>The same with other options: each in place of the one that is given, else at the end.</summary>
    public static string With(string text, string options) => Option().Matches(options).Aggregate(text, With);

    /// <summary>The same, where the program is built first or bound to a core, by the name of the program.</summary>
    public static string Short(string text) => text.Replace(Built, "nl ", StringComparison.Ordinal).Replace("taskset -c 0 ", "", StringComparison.Ordinal);

    /// <summary>The <c>nl</c> commands in lines of a shell.</summary>
    public static IEnumerable<string> Nl(string script) =>
        Command().Matches(Short(script).Replace("\\\n", " ", StringComparison.Ordinal)).Select(match => match.Groups[1].Value.Trim());

    /// <summary>Whether an option has a value; a letter such as N stands for one, and is none.</summary>
    public static bool HasValue(string text) => Option().Matches(text).Any(option => option.Groups["value"].Success);

    private static string With(string text, Match option)
    {
        Regex given = new($" {Regex.Escape(option.Groups["name"].Value)}(?![a-z-])( ('[^']*'|[^-][^ ]*))?");
        return given.IsMatch(text) ? given.Replace(text, $" {option.Value}", 1) : $"{text} {option.Value}";
    }

    [GeneratedRegex("""(?:[^\s'"]|'[^']*'|"[^"]*")+""")]
    private static partial Regex Word();

    [GeneratedRegex("'[^']*'|\"[^\"]*\"")]
    private static partial Regex Quote();

    [GeneratedRegex("(?<name>--[a-z-]+)(?: (?<value>'[^']*'|(?![A-Z]( |$))[^- ][^ ]*))?")]
    private static partial Regex Option();

    [GeneratedRegex(@"(?:^|[|;] *)(nl [^|;\n]*)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
