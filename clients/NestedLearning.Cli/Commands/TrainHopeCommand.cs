using System.CommandLine;
using System.Diagnostics;
using NestedLearning.Cli.Training;
using NestedLearning.Cli.Training.Sequences;
using NestedLearning.Models;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl train hope</c>.</summary>
internal sealed class TrainHopeCommand
{
    private const string About = """
        The data is a text. The last part of it is not learned, and tells how well the rest
        was: the loss is the mean of -log p in nats a token, over windows of the training's
        length that each begin knowing nothing. With --data-dir, repeat the command after a
        crash or Ctrl+C: it goes on from where it was, to the same result.
        With --workers the windows of a step are shared out. What each worker sends for a
        level goes through the level's consolidator, once in its period; with the defaults
        any number of workers learns what one would.
        """;

    private static readonly string[] Examples =
    [
        "nl train hope --data book.txt",
        "nl train hope --data book.txt --mixer transformer --steps 2000 --json result.json",
        "nl train hope --data book.txt --tokens byte --width 256 --blocks 8 --threads 8 --data-dir state",
        "nl train hope --data book.txt --workers 4 --levels 1,8,64,256 --data-dir state",
        "nl train hope --data book.txt --workers 4 --update-encoding int4",
        "nl train hope --data book.txt --workers 4 --local-steps 32",
        "nl train hope --data other.txt --init-from model.safetensors",
        "nl train hope --data book.txt --width 768 --hidden 3072 --blocks 12 --init-from gpt2.safetensors --init-map h.*.mlp.c_fc.weight=block*/cms/2/up",
    ];

    private readonly Option<FileInfo> _data = new("--data", "-d") { Description = "The text, in UTF-8.", HelpName = "FILE", Required = true };
    private readonly Option<string> _tokens = new("--tokens") { Description = "What a token is.", HelpName = "char|byte", DefaultValueFactory = _ => "char" };
    private readonly Option<double> _held = new("--validation") { Description = "The part of the text that is not learned, above 0 to 0.5.", HelpName = "SHARE", DefaultValueFactory = _ => 0.1 };
    private readonly Option<int> _every = new("--evaluate-every") { Description = "Measure the loss after so many steps, and at the end.", HelpName = "N", DefaultValueFactory = _ => 500 };
    private readonly Option<int> _saveEvery = new("--save-every") { Description = "With --data-dir: save after so many steps.", HelpName = "N", DefaultValueFactory = _ => 100 };
    private readonly Option<int> _threads = new("--threads") { Description = "Threads for a step, 1 to 64; with --workers for measuring only.", HelpName = "N", DefaultValueFactory = _ => Math.Clamp(Environment.ProcessorCount, 1, 64) };
    private readonly Option<DirectoryInfo?> _dataDirectory = new("--data-dir") { Description = "Keep durable state here; the same command after a crash goes on from it.", HelpName = "DIR" };

    private readonly SequenceArguments _model = new();
    private readonly SequenceTierArguments _tiers = new();
    private readonly InitialArguments _initial = new();
    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;

    private TrainHopeCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        TrainHopeCommand self = new(context);
        DocumentedCommand command = new(
            "hope",
            "Learn to continue a text, by Hope or a model it is compared with.",
            new HelpNotes(About, Examples));
        foreach (Option option in new Option[] { self._data, self._tokens, self._held })
        {
            command.Options.Add(option);
        }

        self._model.AddTo(command);
        self._tiers.AddTo(command);
        self._initial.AddTo(command);
        foreach (Option option in new Option[] { self._every, self._saveEvery, self._threads, self._dataDirectory })
        {
            command.Options.Add(option);
        }

        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        double held = parsed.GetValue(_held) is var share and > 0 and <= 0.5
            ? share
            : throw new UsageException(FormattableString.Invariant($"--validation is {parsed.GetValue(_held)}; accepted: above 0, at most 0.5."));
        _output.Check(parsed);
        SequenceTrainingSettings training = _model.Training(parsed);
        InitialModel? initial = _initial.Read(parsed, [_tokens, .. _model.Shape]);
        SequenceText text = await SequenceText.ReadAsync(parsed.GetValue(_data)!, all => initial?.Tokenizer ?? Tokenizer(parsed, all), held, training.Length, cancellationToken);
        SequenceRunOptions options = new(initial?.Settings ?? _model.Model(parsed, text.Tokenizer.Vocabulary), training)
        {
            Name = _model.Name(parsed),
            Tiers = _tiers.Tiers(parsed, training.Batch),
            Initial = initial,
            Threads = NumberRange.Read(parsed, _threads, 1, 64),
            EvaluateEvery = NumberRange.Read(parsed, _every, 1, int.MaxValue),
            SaveEvery = NumberRange.Read(parsed, _saveEvery, 1, int.MaxValue),
            DataDirectory = parsed.GetValue(_dataDirectory)?.FullName,
        };
        SequenceReport report;
        try
        {
            long start = Stopwatch.GetTimestamp();
            report = options.Tiers is { } tiers
                ? await new TierRun(_context, options, tiers, text).ExecuteAsync(cancellationToken)
                : await new SequenceRun(_context, options, text).ExecuteAsync(cancellationToken);
            report = report with { Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds };
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException(options.DataDirectory);
        }

        SequencePresentation.Write(_context.Console, report);
        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, report.ToJson() + "\n", CancellationToken.None);
        }

        return ExitCode.Success;
    }

    private ITokenizer Tokenizer(ParseResult parsed, string text) => parsed.GetValue(_tokens) switch
    {
        "char" => new CharacterTokenizer(text),
        "byte" => new ByteTokenizer(),
        string tokens => throw new UsageException($"--tokens is '{tokens}'; accepted: char, byte."),
        null => throw new UsageException("--tokens is missing; accepted: char, byte."),
    };
}
