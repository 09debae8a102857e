using System.CommandLine;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl bench</c>: one subcommand for each thing that is measured.</summary>
internal static class BenchCommand
{
    public static Command Create(CommandContext context) =>
        new("bench", "Measure what limits learning on this machine.") { BenchGemmCommand.Create(context) };
}
