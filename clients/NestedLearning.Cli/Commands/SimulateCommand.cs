using System.CommandLine;
using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Simulating;
using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Simulation;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl simulate</c>.</summary>
internal sealed class SimulateCommand
{
    private const int ClassesToScale = 150;

    private const string About = """
        Runs the protocol's own code under virtual time while nodes crash and the
        network, disks and clocks misbehave as each seed says, and somebody rolls back,
        replays and forgets in some. It checks at every step that every event counts
        exactly once, that receipts hold, that replicas are the same to the bit, that
        nothing of a forgotten tenant is left, and that no queue grows. It ends with 1
        if a promise is broken, with a trace of the first seed that breaks one;
        --replay SEED shows it again.
        """;

    private static readonly string[] Examples =
    [
        "nl simulate",
        "nl simulate --seeds 10000 --faults harsh --json result.json",
        "nl simulate --nodes 8 --faults network",
        "nl simulate --replay 42",
        "nl simulate --scale --workers 1000 --tenants 10000000",
    ];

    private readonly OutputOptions _output = new();
    private readonly ScaleArguments _scale = new();
    private readonly CommandContext _context;
    private readonly Option<int> _seeds = new("--seeds") { Description = "How many seeds, 1 to 1000000.", HelpName = "N", DefaultValueFactory = _ => 1000 };
    private readonly Option<int> _seed = new("--seed") { Description = "The first of them.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _nodes = new("--nodes") { Description = "Silos, 1 to 16.", HelpName = "M", DefaultValueFactory = _ => new SimulationSettings().Nodes };
    private readonly Option<int?> _replay = new("--replay") { Description = "Run one seed and write down all that happens in it.", HelpName = "SEED" };

    private readonly Option<string> _faults = new("--faults")
    {
        Description = "What goes wrong.",
        HelpName = string.Join('|', FaultProfiles.All),
        DefaultValueFactory = _ => FaultProfiles.Harsh.Name,
    };

    private SimulateCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        SimulateCommand self = new(context);
        DocumentedCommand command = new(
            "simulate", "Prove the protocol's promises over seeds, or plan for sizes that this machine can't run.", new HelpNotes(About, Examples));
        foreach (Option option in new Option[] { self._seeds, self._seed, self._nodes, self._faults, self._replay })
        {
            command.Options.Add(option);
        }

        self._scale.AddTo(command);
        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        SimulationSettings settings = new() { Nodes = parsed.GetValue(_nodes), Faults = FaultProfiles.Of(parsed.GetRequiredValue(_faults)) };
        settings.Validate();
        int seeds = NumberRange.Read(parsed, _seeds, 1, 1_000_000);
        ScaleOptions scale = _scale.Read(parsed);
        _output.Check(parsed);
        if (_scale.IsAsked(parsed))
        {
            return await PlanAsync(scale, parsed, cancellationToken);
        }

        SimulationRun run = new(_context, settings);
        return parsed.GetValue(_replay) is { } seed
            ? Show(run.Replay(seed))
            : await RunAsync(run, parsed.GetValue(_seed), seeds, parsed, cancellationToken);
    }

    private async Task<int> RunAsync(SimulationRun run, int firstSeed, int seeds, ParseResult parsed, CancellationToken cancellationToken)
    {
        SimulationReport report = await run.ExecuteAsync(firstSeed, seeds, cancellationToken);
        await WriteAsync(parsed, report.ToJson(), cancellationToken);
        _context.Console.Profile.Out.Writer.WriteLine(
            $"{Figures.Count(seeds)} seeds of '{report.Faults}' on {report.Nodes} nodes: {Figures.Count(report.Events)} events, "
            + $"{Figures.Count(report.Messages)} messages, {Figures.Count(report.Restarts)} restarts, {Figures.Count(report.Versions)} versions, "
            + $"{Figures.Count(report.Rollbacks)} rollbacks, {Figures.Count(report.Replays)} replays, {Figures.Count(report.Forgotten)} tenants taken out; "
            + $"{Figures.Count(report.Failed.Count)} failed. {Figures.Duration(TimeSpan.FromSeconds(report.Seconds))}.");
        return report.Failed.Count == 0 ? ExitCode.Success : Show(run.Replay(report.Failed[0].Seed));
    }

    private int Show(SimulationResult result)
    {
        _context.Console.Profile.Out.Writer.WriteLine(
            $"Seed {result.Seed}: {result.Violation?.ToString() ?? "every promise holds"}; state {result.Fingerprint:x8} after {Figures.Count(result.Steps)} steps.");
        return result.Violation is null ? ExitCode.Success : ExitCode.Failed;
    }

    private async Task<int> PlanAsync(ScaleOptions options, ParseResult parsed, CancellationToken cancellationToken)
    {
        string directory = Directory.CreateTempSubdirectory("nl-scale-").FullName;
        try
        {
            using LocalTierStore store = LocalTierStore.Open(directory);
            UnitCosts costs = await new UnitCostMeter(_context.Time, store).MeasureAsync(new ClassifierSpec(), ClassesToScale, cancellationToken);
            ScaleReport report = new(options, costs, ScalePlanner.Plan(options, costs));
            report.Write(_context.Console);
            await WriteAsync(parsed, report.ToJson(), cancellationToken);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        return ExitCode.Success;
    }

    private async Task WriteAsync(ParseResult parsed, string json, CancellationToken cancellationToken)
    {
        if (_output.Json(parsed) is { } file)
        {
            await File.WriteAllTextAsync(file.FullName, json + "\n", cancellationToken);
        }
    }
}
