using System.CommandLine;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl bench</c>: one subcommand for each thing that is measured.</summary>
internal static class BenchCommand
{
    public static Command Create(CommandContext context) => new DocumentedCommand(
        "bench",
        "Measure what limits learning on this machine.",
        new HelpNotes("", ["nl bench gemm", "nl bench compute", "nl bench encodings", "nl bench soak --for 1h"]))
    {
        BenchGemmCommand.Create(context),
        BenchComputeCommand.Create(context),
        BenchEncodingsCommand.Create(context),
        BenchSoakCommand.Create(context),
    };
}
