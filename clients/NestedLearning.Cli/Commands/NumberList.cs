using System.Globalization;

namespace NestedLearning.Cli.Commands;

/// <summary>Options that are lists with commas.</summary>
internal static class NumberList
{
    /// <exception cref="UsageException">It is no such list, or a number is out of its range.</exception>
    public static int[] Parse(string option, string text, int least, int most) =>
        [.. text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{option} is '{text}'; accepted: numbers of {least} to {most} with commas."))];
}
