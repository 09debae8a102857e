using System.CommandLine;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl train</c>: one subcommand for each kind of model.</summary>
internal static class TrainCommand
{
    public static Command Create(CommandContext context) => new DocumentedCommand(
        "train",
        "Learn a stream of data in one pass, and measure what is kept.",
        new HelpNotes("", ["nl train classifier --data events.jsonl", "nl train classifier --help"]))
    {
        TrainClassifierCommand.Create(context),
    };
}
