using System.CommandLine;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl schedule</c>: what a server does to a model by the clock.</summary>
internal static class ScheduleCommand
{
    private static readonly string[] Examples =
    [
        "nl schedule add nightly --action consolidate --cron \"0 3 * * *\" \\",
        "  --server http://127.0.0.1:5080",
        "nl schedule list --server http://127.0.0.1:5080",
        "nl schedule history nightly --server http://127.0.0.1:5080",
    ];

    public static Command Create(CommandContext context) => new DocumentedCommand(
        "schedule", "Consolidate, keep, evaluate and expire by the clock, on a server.", new HelpNotes("", Examples))
    {
        ScheduleAddCommand.Create(context),
        ScheduleListCommand.Create(context),
        ScheduleRunCommand.Create(context),
        ScheduleHistoryCommand.Create(context),
        ScheduleRemoveCommand.Create(context),
    };
}
