using System.CommandLine;
using System.Diagnostics;
using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Serving;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl feed</c>.</summary>
internal sealed class FeedCommand
{
    private const string About = """
        Every event of the data is sent to one tenant's memory, numbered by its place, so
        that the same command after any failure sends again what is missing and counts
        nothing twice. Other data for the same tenant need another --source. Test events
        are passed over. A model that the server does not have is made with its defaults.
        With --follow, events of standard input go up as they come, numbered on from those
        that the memory has; --spool keeps them on disk until they are durable.
        With --as-text the data is a text for a sequence model, whose pieces are the events;
        with --follow, too, each line is one.
        """;

    private static readonly string[] Examples =
    [
        "nl feed --data events.jsonl --tenant ann --server http://127.0.0.1:5080",
        "nl feed --data mail.csv --label-field topic --source mail --tenant ann \\",
        "  --server http://127.0.0.1:5080",
        "tail -F events.jsonl | nl feed --data - --follow --spool spool --tenant ann \\",
        "  --server http://127.0.0.1:5080",
        "nl feed --data book.txt --as-text --model hope --tenant ann \\",
        "  --server http://127.0.0.1:5080",
    ];

    private readonly DataArguments _data = new();
    private readonly RoundArguments _rounds = new();
    private readonly ServerArguments _server = new();
    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;

    private readonly Option<string> _source = new("--source")
    {
        Description = "Names this stream of events among those of its tenant.",
        DefaultValueFactory = _ => "feed",
        HelpName = "NAME",
    };

    private readonly Option<bool> _follow = new("--follow")
    {
        Description = "Send each event of standard input when it comes, until it ends.",
    };

    private readonly Option<DirectoryInfo?> _spool = new("--spool")
    {
        Description = "With --follow, keep events in this folder until they are durable, and send what it has from before first.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _asText = new("--as-text")
    {
        Description = "The data is a text, which a sequence model learns to go on with; one that is not there is made of bytes.",
    };

    private readonly Option<int> _piece = new("--piece")
    {
        Description = "With --as-text: about how many characters an event has, 64 to 65536.",
        DefaultValueFactory = _ => 2048,
        HelpName = "N",
    };

    private FeedCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        FeedCommand self = new(context);
        DocumentedCommand command = new("feed", "Teach a tenant's memory on a server.", new HelpNotes(About, Examples));
        self._data.AddTo(command, withOrder: false);
        command.Options.Add(self._source);
        command.Options.Add(self._follow);
        command.Options.Add(self._spool);
        command.Options.Add(self._asText);
        command.Options.Add(self._piece);
        self._rounds.AddTo(command);
        self._server.AddTo(command);
        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _data.Check(parsed);
        _output.Check(parsed);
        MemoryAddress memory = _server.Memory(parsed);
        SourceId source = new(parsed.GetRequiredValue(_source));
        bool follows = Follows(parsed);
        ClassifierSpec classifier = _rounds.Spec(parsed, new ClassifierSpec());
        bool isText = IsText(parsed, classifier);
        ModelSettings model = new(isText ? SequenceSpec.OfBytes : classifier, _rounds.Policy(parsed));
        await using HttpLearningCluster cluster = _server.Connect(parsed, parsed.GetValue(_spool)?.FullName);
        using IExampleSource data = isText ? _data.OpenText(parsed, parsed.GetValue(_piece), follows, _context.Input) : _data.Open(parsed, Limits);
        long start = Stopwatch.GetTimestamp();
        FeedReport report = await new ProgressDisplay(_context.Console, _context.Time).RunAsync(
            "Feeding",
            "events",
            null,
            sink => follows
                ? new FollowedFeed(cluster, memory, source) { Model = model }.SendAsync(data, sink, cancellationToken)
                : new DataFeed(cluster, memory, source) { Model = model }.SendAsync(data, sink, cancellationToken));
        report = report with { Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds };

        _context.Console.WriteLine(
            $"All {Figures.Count(report.Events)} events are durable; the receipts name {Figures.Count(report.Learned)} of them as new.");
        if (isText)
        {
            report = await WithCostAsync(cluster, memory, report, cancellationToken);
            _context.Console.WriteLine(report.BitsPerByte is { } bits ? FormattableString.Invariant($"All that this memory has learned cost {bits:F3} bits a byte before it was learned.") : "");
        }
        else if (report.Learned > 0)
        {
            _context.Console.WriteLine($"{Figures.Percent((double)report.Correct / report.Learned)} % of these were predicted correctly before they were learned.");
        }

        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, report.ToJson() + "\n", cancellationToken);
        }

        return ExitCode.Success;
    }

    private static ReadingLimits Limits => new() { MaxTextLength = ClassifierSpec.LongestMaxTextLength, MaxNameLength = ClassifierSpec.MaxLabelLength };

    /// <exception cref="UsageException">Options do not go together.</exception>
    private bool IsText(ParseResult parsed, ClassifierSpec classifier)
    {
        bool isText = parsed.GetValue(_asText);
        if (parsed.GetValue(_piece) is var piece and (< 64 or > SequenceSpec.MaxTextTokens))
        {
            throw new UsageException($"--piece is {piece}; accepted: 64 to {SequenceSpec.MaxTextTokens}.");
        }

        return isText && classifier.HalfLife is not null ? throw new UsageException("--half-life goes with classifiers only.") : isText;
    }

    /// <summary>The report with what the memory says; a key that only teaches may not ask it.</summary>
    private static async Task<FeedReport> WithCostAsync(HttpLearningCluster cluster, MemoryAddress memory, FeedReport report, CancellationToken cancellationToken)
    {
        try
        {
            return report with { BitsPerByte = (await cluster.GetMemoryAsync(memory, cancellationToken)).CodeLength.BitsPerByte };
        }
        catch (AccessDeniedException)
        {
            return report;
        }
    }

    /// <exception cref="UsageException">Options do not go together.</exception>
    private bool Follows(ParseResult parsed) => (parsed.GetValue(_follow), _data.IsStandardInput(parsed), parsed.GetValue(_spool)) switch
    {
        (true, false, _) => throw new UsageException("--follow goes with --data - only; a file is fed again by the same command."),
        (false, _, not null) => throw new UsageException("--spool goes with --follow only; a file is fed again by the same command."),
        (bool follows, _, _) => follows,
    };
}
