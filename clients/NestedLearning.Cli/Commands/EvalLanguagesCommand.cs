using System.CommandLine;
using NestedLearning.Cli.Data;
using NestedLearning.Cli.Evaluating;
using NestedLearning.Models;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl eval languages</c>.</summary>
internal sealed class EvalLanguagesCommand
{
    private const string About = """
        Each model learns one text after the other, byte by byte, and all that were learned are
        measured after each. plain: nothing is done against forgetting. outer: now and then the
        parameters go half of the way back. replay: an eighth of what is learned is from earlier
        texts. reservoir: it is from 256 windows that were kept, and nobody says where a text
        ends. readout: the model learns the first text and stays, and an exact memory of sums
        reads it out. tenants: each text has levels of its own over shared slow ones, and whose a text
        is, is known. found: whose it is, is told by which levels expect its beginning best.
        """;

    private static readonly string[] Examples =
    [
        "nl eval languages",
        "nl eval languages --languages de,fr,pl --steps 500 --ways plain,replay,tenants --json result.json",
        "nl eval languages --data texts.jsonl --task-field source",
    ];

    private static readonly IReadOnlyDictionary<string, ContinualWay> Ways = new Dictionary<string, ContinualWay>
    {
        ["plain"] = ContinualWay.Plain,
        ["outer"] = ContinualWay.OuterSteps,
        ["replay"] = ContinualWay.Replay,
        ["tenants"] = ContinualWay.Tenants,
        ["found"] = ContinualWay.FoundTenants,
        ["reservoir"] = ContinualWay.Reservoir,
        ["readout"] = ContinualWay.ReadOut,
    };

    private readonly Option<string> _data = new("--data") { Description = "JSON Lines or CSV with a text and a task, the language, on each line.", HelpName = "FILE", DefaultValueFactory = _ => DotnetMessages.SourceName };
    private readonly Option<string> _taskField = new("--task-field") { Description = "The language is in this field or column.", HelpName = "NAME", DefaultValueFactory = _ => "task" };
    private readonly Option<string?> _languages = new("--languages") { Description = "The languages in their order, with commas; without, all, or five of the built-in ones.", HelpName = "A,B,..." };
    private readonly Option<string> _ways = new("--ways") { Description = "What is done against forgetting.", HelpName = string.Join('|', Ways.Keys), DefaultValueFactory = _ => "plain,tenants" };
    private readonly Option<string> _periods = new("--periods") { Description = "The periods of the continuum memory's layers; those above 1 are shared by tenants.", HelpName = "N,N,...", DefaultValueFactory = _ => "1,8,32" };
    private readonly Option<double> _shared = new("--shared-rate") { Description = "The learning rate of shared levels from the second tenant on, as a part of the first's, above 0 to 1.", HelpName = "NUMBER", DefaultValueFactory = _ => 0.1 };
    private readonly Option<int> _length = new("--length") { Description = "The bytes of a window, 2 to 65,536.", HelpName = "N", DefaultValueFactory = _ => 64 };
    private readonly Option<int> _held = new("--held") { Description = "At most so many bytes of each language are measured, 256 to 100,000,000.", HelpName = "N", DefaultValueFactory = _ => 16_384 };
    private readonly StudyArguments _study = new(new StudyDefaults { Mixers = "hope", Steps = 100, Rate = 2e-3, Batch = 16, Width = 64, Questions = null });
    private readonly CommandContext _context;

    private EvalLanguagesCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        EvalLanguagesCommand self = new(context);
        DocumentedCommand command = new("languages", "Learn languages one after the other, and measure what is forgotten.", new HelpNotes(About, Examples));
        foreach (Option option in new Option[] { self._data, self._taskField, self._languages, self._ways, self._periods, self._shared, self._length, self._held })
        {
            command.Options.Add(option);
        }

        self._study.AddTo(command);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        StudyOptions options = _study.Read(parsed);
        int length = NumberList.Parse("--length", FormattableString.Invariant($"{parsed.GetValue(_length)}"), 2, 65_536)[0];
        int held = NumberList.Parse("--held", FormattableString.Invariant($"{parsed.GetValue(_held)}"), 256, 100_000_000)[0];
        int[] periods = NumberList.Parse("--periods", parsed.GetValue(_periods)!, 1, 1_000_000);
        (string, ContinualWay)[] ways = Array.ConvertAll(parsed.GetValue(_ways)!.Split(','), name => Ways.TryGetValue(name, out ContinualWay way)
            ? (name, way)
            : throw new UsageException($"--ways is '{name}'; accepted: {string.Join(", ", Ways.Keys)}."));
        StudyModel[] models = [.. options.Models.Select(model => model with
        {
            Settings = model.Settings with { Vocabulary = new ByteTokenizer().Vocabulary, Periods = model.Settings.Periods.Count == 0 ? [] : periods },
        })];
        IReadOnlyList<ContinualText> texts = await LanguageTexts.ReadAsync(
            parsed.GetValue(_data)!, parsed.GetValue(_taskField)!, parsed.GetValue(_languages)?.Split(','), held, length, cancellationToken);
        LanguagesStudy study = new(_context, options with { Models = models, Training = options.Training with { Length = length } }, parsed.GetValue(_shared));
        await _study.WriteAsync(parsed, _context, await study.ExecuteAsync(texts, ways, cancellationToken));
        return ExitCode.Success;
    }
}
