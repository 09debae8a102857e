using System.CommandLine;

namespace NestedLearning.Cli.Commands;

/// <summary>Options that are whole numbers in a range.</summary>
internal static class NumberRange
{
    /// <exception cref="UsageException">The value is out of the range.</exception>
    public static int Read(ParseResult parsed, Option<int> option, int least, int most) =>
        parsed.GetValue(option) is var value && value >= least && value <= most
            ? value
            : throw new UsageException($"{option.Name} is {value}; accepted: {least} to {most}.");
}
