using System.CommandLine;
using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Serving;
using NestedLearning.Client;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl schedule history</c>.</summary>
internal sealed class ScheduleHistoryCommand
{
    private static readonly string[] Examples = ["nl schedule history nightly --server http://127.0.0.1:5080"];

    private readonly ScheduleArguments _schedule = new();
    private readonly CommandContext _context;

    private ScheduleHistoryCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        ScheduleHistoryCommand self = new(context);
        DocumentedCommand command = new("history", "Show the last runs of a schedule, newest first.", new HelpNotes("", Examples));
        self._schedule.AddTo(command);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ScheduleAddress address = _schedule.Address(parsed);
        await using HttpLearningCluster cluster = _schedule.Connect(parsed);
        IReadOnlyList<ScheduleRun> runs = await cluster.Schedules.GetRunsAsync(address, cancellationToken);
        _context.Console.Write(ScheduleTables.Runs(runs));
        await _schedule.WriteAsync(
            parsed, new ScheduleRunsReport(address.Model.Value, address.Schedule.Value, runs).ToJson, cancellationToken);
        return ExitCode.Success;
    }
}
