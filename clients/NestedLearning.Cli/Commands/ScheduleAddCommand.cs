using System.CommandLine;
using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Serving;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl schedule add</c>.</summary>
internal sealed class ScheduleAddCommand
{
    private const string About = """
        Actions: consolidate lets memories send what they learned and folds it at once;
        snapshot keeps the newest version of the levels; evaluate records how much was
        known before it was learned; expire lets idle memories leave memory.
        --cron takes five fields as crontab does, or six with seconds first. A schedule
        of the same name is replaced.
        """;

    private static readonly string[] Examples =
    [
        "nl schedule add nightly --action consolidate --cron \"0 3 * * *\" \\",
        "  --zone Europe/Berlin --server http://127.0.0.1:5080",
        "nl schedule add weekly --action snapshot --cron \"0 4 * * SUN\" --keep 8 \\",
        "  --server http://127.0.0.1:5080",
        "nl schedule add idle --action expire --idle-for 12h --cron \"0 * * * *\" \\",
        "  --skip-missed --server http://127.0.0.1:5080",
    ];

    private readonly ScheduleArguments _schedule = new();
    private readonly CommandContext _context;

    private readonly Option<ScheduledAction> _action = new("--action")
    {
        Description = "What is done: consolidate, snapshot, evaluate or expire.",
        HelpName = "ACTION",
        Required = true,
    };

    private readonly Option<string> _cron = new("--cron") { Description = "When it is done.", HelpName = "CRON", Required = true };

    private readonly Option<string> _zone = new("--zone")
    {
        Description = "The time zone, by its IANA name.",
        DefaultValueFactory = _ => "UTC",
        HelpName = "ZONE",
    };

    private readonly Option<string?> _level = new("--level")
    {
        Description = "Only this shared level is consolidated or kept.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _idleFor = new("--idle-for")
    {
        Description = "How long nobody has used a memory that expires, such as 90m, 12h or 7d.",
        HelpName = "TIME",
    };

    private readonly Option<int> _keep = new("--keep")
    {
        Description = "How many snapshots of a level are kept.",
        DefaultValueFactory = _ => 10,
        HelpName = "N",
    };

    private readonly Option<bool> _skipMissed = new("--skip-missed")
    {
        Description = "Pass over times at which the server was away, instead of running once when it is back.",
    };

    private ScheduleAddCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        ScheduleAddCommand self = new(context);
        DocumentedCommand command = new("add", "Make or replace a schedule.", new HelpNotes(About, Examples));
        command.Options.Add(self._action);
        command.Options.Add(self._cron);
        command.Options.Add(self._zone);
        command.Options.Add(self._level);
        command.Options.Add(self._idleFor);
        command.Options.Add(self._keep);
        command.Options.Add(self._skipMissed);
        self._schedule.AddTo(command);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ScheduleAddress address = _schedule.Address(parsed);
        ScheduleSpec spec = Spec(parsed, address.Schedule);
        await using HttpLearningCluster cluster = _schedule.Connect(parsed);
        await cluster.Schedules.SetAsync(address.Model, spec, cancellationToken);
        ScheduleStatus status = (await cluster.Schedules.ListAsync(address.Model, cancellationToken)).First(each => each.Spec.Id == spec.Id);
        _context.Console.WriteLine($"The schedule '{address}' runs next at {ScheduleTables.Time(status.Next)}.");
        await _schedule.WriteAsync(
            parsed, new ScheduleReport(address.Model.Value, ScheduleStatusDocument.From(status)).ToJson, cancellationToken);
        return ExitCode.Success;
    }

    private ScheduleSpec Spec(ParseResult parsed, ScheduleId id) => new(id, parsed.GetRequiredValue(_action), parsed.GetRequiredValue(_cron))
    {
        TimeZone = parsed.GetRequiredValue(_zone),
        Level = parsed.GetValue(_level) is { } level ? new LevelId(level) : null,
        IdleFor = parsed.GetValue(_idleFor) is { } idle ? DurationText.Parse("--idle-for", idle) : null,
        Keep = parsed.GetValue(_keep),
        Missed = parsed.GetValue(_skipMissed) ? MissedRunPolicy.Skip : MissedRunPolicy.RunOnce,
    };
}
