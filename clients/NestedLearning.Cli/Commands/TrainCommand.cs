using System.CommandLine;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl train</c>: one subcommand for each kind of model.</summary>
internal static class TrainCommand
{
    public static Command Create(CommandContext context) => new DocumentedCommand(
        "train",
        "Learn a stream of data or a text, and measure what is kept.",
        new HelpNotes("", ["nl train classifier --data events.jsonl", "nl train hope --data book.txt", "nl train classifier --help"]))
    {
        TrainClassifierCommand.Create(context),
        TrainHopeCommand.Create(context),
    };
}
