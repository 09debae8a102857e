using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary>What every command speaks to.</summary>
/// <param name="Console">Where results and progress are shown.</param>
/// <param name="Error">Where the one line about a failure goes.</param>
/// <param name="Time">The clock.</param>
internal sealed record CommandContext(IAnsiConsole Console, TextWriter Error, TimeProvider Time)
{
    /// <summary>Where questions are read from when none is on the command line.</summary>
    public TextReader Input { get; init; } = System.Console.In;

    /// <summary>Whether somebody is there who can be asked.</summary>
    public bool CanAsk { get; init; } = Console.Profile.Capabilities.Interactive && !System.Console.IsInputRedirected;
}
