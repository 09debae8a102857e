using System.CommandLine;
using NestedLearning.Cli.Serving;
using NestedLearning.Client;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl schedule run</c>.</summary>
internal sealed class ScheduleRunCommand
{
    private const string About = "The command ends when the run is over, and succeeds if the run did.";

    private static readonly string[] Examples = ["nl schedule run nightly --server http://127.0.0.1:5080"];

    private readonly ScheduleArguments _schedule = new();
    private readonly CommandContext _context;

    private ScheduleRunCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        ScheduleRunCommand self = new(context);
        DocumentedCommand command = new("run", "Run a schedule now.", new HelpNotes(About, Examples));
        self._schedule.AddTo(command);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ScheduleAddress address = _schedule.Address(parsed);
        await using HttpLearningCluster cluster = _schedule.Connect(parsed);
        ScheduleRun run = await cluster.Schedules.RunAsync(address, RunTicket.Next(), cancellationToken);
        await _schedule.WriteAsync(
            parsed, new ScheduleRunReport(address.Model.Value, address.Schedule.Value, run).ToJson, cancellationToken);
        if (run.Outcome != RunOutcome.Succeeded)
        {
            throw new RunFailedException(address, run);
        }

        _context.Console.WriteLine(run.Detail);
        return ExitCode.Success;
    }
}
