using System.CommandLine;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl eval</c>: one subcommand for each thing that sequence models are asked.</summary>
internal static class EvalCommand
{
    public static Command Create(CommandContext context) => new DocumentedCommand(
        "eval",
        "Ask sequence models what they can do, beside what guessing and a Transformer can.",
        new HelpNotes("", ["nl eval text --model model.safetensors --data book.txt", "nl eval recall --pairs 4,8", "nl eval needle --help"]))
    {
        EvalTextCommand.Create(context),
        EvalNeedleCommand.Create(context),
        EvalRecallCommand.Create(context),
        EvalFormalCommand.Create(context),
        EvalLanguagesCommand.Create(context),
        EvalClassesCommand.Create(context),
    };
}
