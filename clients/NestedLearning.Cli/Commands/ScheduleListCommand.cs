using System.CommandLine;
using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Serving;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl schedule list</c>.</summary>
internal sealed class ScheduleListCommand
{
    private static readonly string[] Examples = ["nl schedule list --server http://127.0.0.1:5080"];

    private readonly ScheduleArguments _schedule = new();
    private readonly CommandContext _context;

    private ScheduleListCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        ScheduleListCommand self = new(context);
        DocumentedCommand command = new("list", "Show the schedules of a model.", new HelpNotes("", Examples));
        self._schedule.AddTo(command, withName: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ModelId model = _schedule.Model(parsed);
        await using HttpLearningCluster cluster = _schedule.Connect(parsed);
        IReadOnlyList<ScheduleStatus> schedules = await cluster.Schedules.ListAsync(model, cancellationToken);
        _context.Console.Write(ScheduleTables.Schedules(schedules));
        await _schedule.WriteAsync(
            parsed, new SchedulesReport(model.Value, [.. schedules.Select(ScheduleStatusDocument.From)]).ToJson, cancellationToken);
        return ExitCode.Success;
    }
}
