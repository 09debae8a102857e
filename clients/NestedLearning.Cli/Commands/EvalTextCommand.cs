using System.CommandLine;
using NestedLearning.Cli.Evaluating;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl eval text</c>.</summary>
internal sealed class EvalTextCommand
{
    private const string About = """
        How well a model expects each token of a text from those before it: the loss, its
        exponential, and bits a byte, which can be compared between tokens of any kind. Beside
        it, one who knows nothing, and one who counts which token follows each in this text.
        """;

    private static readonly string[] Examples =
    [
        "nl eval text --model model.safetensors --data book.txt",
        "nl eval text --model model.safetensors --data book.txt --window 64 --json result.json",
    ];

    private readonly Option<FileInfo> _model = new("--model") { Description = "A model that nl export wrote.", HelpName = "FILE", Required = true };
    private readonly Option<FileInfo> _data = new("--data", "-d") { Description = "The text, in UTF-8.", HelpName = "FILE", Required = true };
    private readonly Option<int?> _window = new("--window") { Description = "Forget everything after so many tokens, as in training; without, the text is one stream.", HelpName = "N" };
    private readonly Option<int> _threads = new("--threads") { Description = "Threads, 1 to 64.", HelpName = "N", DefaultValueFactory = _ => Math.Clamp(Environment.ProcessorCount, 1, 64) };
    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;

    private EvalTextCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        EvalTextCommand self = new(context);
        DocumentedCommand command = new("text", "Expect a text: perplexity and bits a byte.", new HelpNotes(About, Examples));
        foreach (Option option in new Option[] { self._model, self._data, self._window, self._threads })
        {
            command.Options.Add(option);
        }

        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        int threads = NumberList.Parse("--threads", FormattableString.Invariant($"{parsed.GetValue(_threads)}"), 1, 64)[0];
        FileInfo file = parsed.GetValue(_data)!;
        using SavedSequenceModel saved = SavedModel.Read(parsed.GetValue(_model)!, new ManagedBackend(threads));
        int[] tokens = saved.Tokenizer.Encode(await TextFile.ReadAsync(file, cancellationToken));
        if (tokens.Length < 2)
        {
            throw new DataException(file.ToString(), null, "too short; accepted are texts of at least two tokens");
        }

        TextScore score = parsed.GetValue(_window) is { } window
            ? TextEvaluation.InWindows(saved.Model, saved.Tokenizer, tokens, NumberList.Parse("--window", FormattableString.Invariant($"{window}"), 1, 1 << 20)[0])
            : TextEvaluation.AsStream(saved.Model, saved.Tokenizer, tokens);
        int vocabulary = saved.Tokenizer.Vocabulary;
        TextReport report = new(score.Tokens, score.Bytes,
        [
            TextResult.Of(saved.Manifest.Architecture, score),
            TextResult.Of("counts of pairs", score with { Nats = CountedPairs.Nats(tokens, vocabulary) }),
            TextResult.Of("chance", score with { Nats = score.Tokens * Math.Log(vocabulary) }),
        ]);
        report.Write(_context.Console);
        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, report.ToJson() + "\n", CancellationToken.None);
        }

        return ExitCode.Success;
    }
}
