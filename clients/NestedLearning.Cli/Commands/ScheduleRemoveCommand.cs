using System.CommandLine;
using NestedLearning.Cli.Serving;
using NestedLearning.Client;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl schedule remove</c>.</summary>
internal sealed class ScheduleRemoveCommand
{
    private const string About = "Its records go with it. Snapshots that it kept stay.";

    private static readonly string[] Examples = ["nl schedule remove nightly --server http://127.0.0.1:5080"];

    private readonly ScheduleArguments _schedule = new();
    private readonly CommandContext _context;

    private ScheduleRemoveCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        ScheduleRemoveCommand self = new(context);
        DocumentedCommand command = new("remove", "Remove a schedule.", new HelpNotes(About, Examples));
        self._schedule.AddTo(command);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ScheduleAddress address = _schedule.Address(parsed);
        await using HttpLearningCluster cluster = _schedule.Connect(parsed);
        await cluster.Schedules.RemoveAsync(address, cancellationToken);
        _context.Console.WriteLine($"The schedule '{address}' is removed.");
        await _schedule.WriteAsync(
            parsed, new ScheduleRemovedReport(address.Model.Value, address.Schedule.Value).ToJson, cancellationToken);
        return ExitCode.Success;
    }
}
