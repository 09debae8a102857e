using System.CommandLine;
using NestedLearning.Cli.Evaluating;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl eval needle</c>.</summary>
internal sealed class EvalNeedleCommand
{
    private const string About = """
        A number is hidden in a long text, and asked for at its end; it is right if all of its
        digits are. With --model, a model that nl export wrote is asked as it is. Without, each
        of --mixers learns short texts of the kind first, byte by byte, and is asked long ones.
        """;

    private static readonly string[] Examples =
    [
        "nl eval needle",
        "nl eval needle --kind multi-key --digits 2 --lengths 1024,4096,16384,65536 --steps 2000",
        "nl eval needle --model model.safetensors --haystack book.txt --lengths 1024",
    ];

    private readonly Option<FileInfo?> _model = new("--model") { Description = "A model that nl export wrote, to be asked as it is.", HelpName = "FILE" };
    private readonly Option<string> _kind = new("--kind") { Description = "What is hidden.", HelpName = "pass-key|number|multi-key", DefaultValueFactory = _ => "pass-key" };
    private readonly Option<int> _digits = new("--digits") { Description = "The digits of a number, 1 to 9.", HelpName = "N", DefaultValueFactory = _ => 3 };
    private readonly Option<string> _lengths = new("--lengths") { Description = "The tokens of the texts that are asked, with commas.", HelpName = "N,N,...", DefaultValueFactory = _ => "1024,4096" };
    private readonly Option<int> _length = new("--length") { Description = "The tokens of the texts that are learned.", HelpName = "N", DefaultValueFactory = _ => 256 };
    private readonly Option<FileInfo?> _haystack = new("--haystack") { Description = "The text around it; without, five short sentences again and again.", HelpName = "FILE" };
    private readonly StudyArguments _study = new(new StudyDefaults { Steps = 100, Width = 64, Batch = 16, Questions = 16 });
    private readonly CommandContext _context;

    private EvalNeedleCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        EvalNeedleCommand self = new(context);
        DocumentedCommand command = new("needle", "Find a number in a long text.", new HelpNotes(About, Examples));
        foreach (Option option in new Option[] { self._model, self._kind, self._digits, self._lengths, self._length, self._haystack })
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
        int[] lengths = NumberList.Parse("--lengths", parsed.GetValue(_lengths)!, 1, 1 << 20);
        string filler = parsed.GetValue(_haystack) is { } file ? await TextFile.ReadAsync(file, cancellationToken) : NeedleTask.Filler;
        NeedleSettings settings = new(parsed.GetValue(_length)) { Kind = Kind(parsed.GetValue(_kind)!), Digits = parsed.GetValue(_digits) };
        TaskStudy study = new(_context, options);
        if (parsed.GetValue(_model) is { } modelFile)
        {
            using SavedSequenceModel saved = SavedModel.Read(modelFile, new ManagedBackend(options.Threads));
            NeedleTask[] asked = Tasks(saved.Tokenizer);
            await _study.WriteAsync(parsed, _context, new StudyReport(options.Training, study.Score(modelFile.Name, saved.Model, asked, null, cancellationToken)));
            return ExitCode.Success;
        }

        ByteTokenizer bytes = new();
        StudyTask task = new(new NeedleTask(bytes, settings, filler), Tasks(bytes));
        await _study.WriteAsync(parsed, _context, await study.ExecuteAsync([task], cancellationToken));
        return ExitCode.Success;

        NeedleTask[] Tasks(ITokenizer tokenizer) => Array.ConvertAll(lengths, length => new NeedleTask(tokenizer, settings with { Length = length }, filler));
    }

    private static NeedleKind Kind(string name) => name switch
    {
        "pass-key" => NeedleKind.PassKey,
        "number" => NeedleKind.Number,
        "multi-key" => NeedleKind.MultiKey,
        _ => throw new UsageException($"--kind is '{name}'; accepted: pass-key, number, multi-key."),
    };
}
