using System.CommandLine;
using System.CommandLine.Parsing;

namespace NestedLearning.Cli.Commands;

/// <summary>Says in one line what is wrong with a command line that does not parse.</summary>
internal static class UsageProblem
{
    /// <summary>Whether the command line stops at a group of commands without naming one of them.</summary>
    public static bool IsCommandMissing(ParseResult parsed) =>
        parsed.CommandResult.Command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0;

    public static string Describe(ParseResult parsed)
    {
        string command = PathOf(parsed.CommandResult);
        return $"{command}: {Problem(parsed)} See {command} --help.";
    }

    private static string Problem(ParseResult parsed)
    {
        if (parsed.Errors.FirstOrDefault(error => error.SymbolResult is OptionResult) is { } error)
        {
            return Problem((OptionResult)error.SymbolResult!);
        }

        return parsed.UnmatchedTokens.Count > 0
            ? $"There is no command or option '{parsed.UnmatchedTokens[0]}' here."
            : parsed.Errors[0].Message;
    }

    private static string Problem(OptionResult result) => result.Tokens.Count switch
    {
        0 => $"{result.Option.Name} needs a value.",
        1 => $"{result.Option.Name} is '{result.Tokens[0].Value}'; accepted: {Accepted(result.Option.ValueType)}.",
        _ => $"{result.Option.Name} is given more than once.",
    };

    private static string Accepted(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            { IsEnum: true } => string.Join(", ", Enum.GetNames(type)).ToLowerInvariant(),
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            _ when type == typeof(float) || type == typeof(double) => "a number",
            _ when type == typeof(FileInfo) => "a file",
            _ when type == typeof(DirectoryInfo) => "a folder",
            _ => "another value",
        };
    }

    private static string PathOf(CommandResult result) => result.Parent is CommandResult parent
        ? $"{PathOf(parent)} {result.Command.Name}"
        : NlCommand.Name;
}
