using System.CommandLine;
using NestedLearning.Cli.Training;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl train classifier</c>.</summary>
internal sealed class TrainClassifierCommand
{
    private const string About = """
        The data are events with a text and a label, and perhaps a task and a split
        (train or test), such as this line of a file events.jsonl:
          {"text": "what is my balance", "label": "balance", "task": "banking"}
        Without tasks all events are one task. Without a split a fifth of each label is
        kept for testing. With --data-dir, repeat the command after a crash or Ctrl+C:
        it goes on from where it was, and every event counts once.
        With --server and an address (file:, http:, https:), the workers of a cluster read
        the data by themselves where they can, in its own order and without baselines; the
        same command watches the run again, or goes on with one that was cut off. What
        they cannot read, and what has --split task, --order, --data-dir or --plot, is
        streamed from here.
        """;

    private static readonly string[] Examples =
    [
        "nl train classifier --data events.jsonl",
        "nl train classifier --data events.jsonl --workers 8 --split class",
        "nl train classifier --data events.jsonl --data-dir state --json result.json",
        "nl train classifier --data mail.csv --text-field body --label-field topic",
        "nl train classifier --data builtin:dotnet-messages --plot matrix.svg",
        "nl train classifier --data events.jsonl --server http://127.0.0.1:5080",
        "nl train classifier --data file:///data/a.jsonl --server http://10.0.0.7:5080",
        "generate-events | nl train classifier --data - --baselines none",
    ];

    private readonly DataArguments _data = new();
    private readonly ModelArguments _model = new();
    private readonly OutputOptions _output = new();
    private readonly BaselineArguments _baselines = new();
    private readonly RoundArguments _rounds = new();
    private readonly ServerArguments _server = new("Learn on this server instead of in this process.");

    private readonly Option<int> _workers = new("--workers", "-w")
    {
        Description = "Over how many fast memories the stream is cut, 1 to 1024.",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
    };

    private readonly Option<StreamSplit> _split = new("--split")
    {
        Description = "How it is cut: shard (events in turn), class (classes in turn), task (each task has its own memory).",
        DefaultValueFactory = _ => StreamSplit.Shard,
        HelpName = "shard|class|task",
    };

    private readonly Option<DirectoryInfo?> _dataDirectory = new("--data-dir")
    {
        Description = "Keep durable state here; the same command after a crash goes on from it.",
        HelpName = "DIR",
    };

    private readonly Option<int> _seed = new("--seed") { Description = "Fixes everything random.", HelpName = "N", DefaultValueFactory = _ => 1 };

    private readonly Option<int> _seeds = new("--seeds")
    {
        Description = "Repeat with this many seeds from --seed on, and report the spread.",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
    };

    private readonly CommandContext _context;

    private TrainClassifierCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        TrainClassifierCommand self = new(context);
        DocumentedCommand command = new(
            "classifier",
            "Learn to classify a stream of tasks in one pass, and compare with baselines.",
            new HelpNotes(About, Examples));
        self._data.AddTo(command);
        command.Options.Add(self._workers);
        command.Options.Add(self._split);
        command.Options.Add(self._dataDirectory);
        self._model.AddTo(command);
        self._baselines.AddTo(command);
        self._rounds.AddTo(command);
        self._server.AddTo(command, withTenant: false);
        command.Options.Add(self._seed);
        command.Options.Add(self._seeds);
        self._output.AddTo(command);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ClassifierRunOptions run = new()
        {
            Spec = _rounds.Spec(parsed, _model.Spec(parsed)),
            Workers = NumberRange.Read(parsed, _workers, 1, 1024),
            Split = parsed.GetValue(_split),
            VersionEncoding = _model.VersionEncoding(parsed),
            Updates = _model.Updates(parsed),
            Rounds = _rounds.Policy(parsed),
            FoldThreads = _model.Threads(parsed),
            Server = _server.Url(parsed),
            Connection = _server.Options(parsed),
            Model = _server.Model(parsed),
        };
        IReadOnlyList<string> baselines = _baselines.Names(parsed);
        int seed = parsed.GetValue(_seed);
        int seeds = NumberRange.Read(parsed, _seeds, 1, 100);
        string? directory = parsed.GetValue(_dataDirectory)?.FullName;
        if ((directory is not null || run.Server is not null) && seeds > 1)
        {
            throw new UsageException($"{(directory is null ? "--server" : "--data-dir")} holds one run, so it does not go with --seeds.");
        }

        _data.Check(parsed);
        _output.Check(parsed);
        if (_output.Plot(parsed) is null && await LearnOnServerAsync(parsed, run, directory, cancellationToken))
        {
            return ExitCode.Success;
        }

        List<ClassifierOutcome> outcomes = [];
        try
        {
            for (int i = 0; i < seeds; i++)
            {
                TaskStream stream = await _data.ReadAsync(parsed, run.Spec, seed + i, cancellationToken);
                ClassifierSession session = new(_context, run, baselines, seed + i, directory);
                outcomes.Add(await session.ExecuteAsync(stream, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException(directory);
        }

        ClassifierPresentation presentation = new(_context.Console);
        presentation.Show(outcomes);
        await presentation.WriteAsync(outcomes, _output.Json(parsed), _output.Plot(parsed));
        return ExitCode.Success;
    }

    /// <returns>False where the data has to be streamed.</returns>
    private async Task<bool> LearnOnServerAsync(
        ParseResult parsed, ClassifierRunOptions options, string? directory, CancellationToken cancellationToken)
    {
        if (options.Server is null || options.Split == StreamSplit.Task || directory is not null || _data.ForServer(parsed) is not { } data)
        {
            return false;
        }

        ClassifierReport report;
        try
        {
            report = await new ServerRun(_context, options).ExecuteAsync(data, cancellationToken);
        }
        catch (NestedLearningException error) when (error is RunsNotSupportedException or UnreachableDataException)
        {
            _context.Console.WriteLine($"The data is streamed from here. {error.Message}");
            return false;
        }

        new ClassifierPresentation(_context.Console).Show(report);
        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, report.ToJson() + "\n", CancellationToken.None);
        }

        return true;
    }
}
