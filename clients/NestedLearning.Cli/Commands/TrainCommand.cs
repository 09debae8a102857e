using System.CommandLine;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl train</c>: one subcommand for each kind of model.</summary>
internal static class TrainCommand
{
    public static Command Create(CommandContext context) =>
        new("train", "Learn a stream of data in one pass, and measure what is kept.") { TrainClassifierCommand.Create(context) };
}
