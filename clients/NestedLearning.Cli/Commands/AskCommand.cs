using System.CommandLine;
using System.Globalization;
using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Serving;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl ask</c>.</summary>
internal sealed class AskCommand
{
    private const string About = "Without a text, every line of standard input is one.";

    private static readonly string[] Examples =
    [
        "nl ask --tenant ann --server http://127.0.0.1:5080 \"what is my balance\"",
        "cat questions.txt | nl ask --tenant ann --server http://127.0.0.1:5080",
    ];

    private readonly ServerArguments _server = new();
    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;
    private readonly Argument<string[]> _texts = new("TEXT") { Description = "What to classify.", Arity = ArgumentArity.ZeroOrMore };

    private AskCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        AskCommand self = new(context);
        DocumentedCommand command = new("ask", "Ask a tenant's memory on a server.", new HelpNotes(About, Examples));
        command.Arguments.Add(self._texts);
        self._server.AddTo(command);
        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        MemoryAddress memory = _server.Memory(parsed);
        await using Client.HttpLearningCluster cluster = _server.Connect(parsed);
        string[] texts = parsed.GetValue(_texts) is { Length: > 0 } given ? given : await ReadAsync(cancellationToken);
        ModelInput[] inputs = Array.ConvertAll(texts, text => (ModelInput)new TextInput(text));
        IReadOnlyList<Prediction> predictions = await cluster.PredictAsync(memory, inputs, cancellationToken);
        AskedText[] answers =
        [
            .. predictions.Zip(texts, (answer, text) => new AskedText(text, answer.Label, answer.Label is null ? null : answer.Score)),
        ];
        Show(answers);
        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(
                json.FullName, new AskReport(memory.Model.Value, memory.Tenant.Value, answers).ToJson() + "\n", cancellationToken);
        }

        return ExitCode.Success;
    }

    private async Task<string[]> ReadAsync(CancellationToken cancellationToken)
    {
        List<string> lines = [];
        while (await _context.Input.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                lines.Add(line);
            }
        }

        return [.. lines];
    }

    private void Show(AskedText[] answers)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns(new TableColumn("Answer"), new TableColumn("Score").RightAligned(), new TableColumn("Text"));
        foreach (AskedText answer in answers)
        {
            table.AddRow(
                new Text(answer.Label is { } label ? VisibleText.Of(label) : "(nothing learned yet)"),
                new Text(answer.Score?.ToString("F3", CultureInfo.InvariantCulture) ?? ""),
                new Text(answer.Text));
        }

        _context.Console.Write(table);
    }
}
