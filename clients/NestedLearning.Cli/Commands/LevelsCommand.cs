using System.CommandLine;
using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Serving;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl levels</c>.</summary>
internal sealed class LevelsCommand
{
    private static readonly string[] Examples = ["nl levels --server http://127.0.0.1:5080", "nl levels --model mail --server http://127.0.0.1:5080"];

    private readonly ServerArguments _server = new();
    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;

    private LevelsCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        LevelsCommand self = new(context);
        DocumentedCommand command = new("levels", "Show the shared levels of a server's model.", new HelpNotes("", Examples));
        self._server.AddTo(command, withTenant: false);
        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        ModelId model = _server.Model(parsed);
        await using Client.HttpLearningCluster cluster = _server.Connect(parsed);
        IReadOnlyList<LevelStatus> levels = await cluster.GetLevelsAsync(model, cancellationToken);
        Show(levels);
        if (_output.Json(parsed) is { } json)
        {
            LevelsReport report = new(model.Value, [.. levels.Select(LevelDocument.From)]);
            await File.WriteAllTextAsync(json.FullName, report.ToJson() + "\n", cancellationToken);
        }

        return ExitCode.Success;
    }

    private void Show(IReadOnlyList<LevelStatus> levels)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn("Level");
        table.AddColumns(
            [.. new[] { "Version", "Events", "Next period", "In the round", "Up", "Down" }.Select(name => new TableColumn(name).RightAligned())]);
        foreach (LevelStatus level in levels)
        {
            table.AddRow(
                level.Level.Value,
                Figures.Count(level.Version),
                Figures.Count(level.Events),
                Figures.Count(level.NextPeriod),
                Figures.Count(level.RoundContributors),
                Figures.Bytes(level.Traffic.BytesUp),
                Figures.Bytes(level.Traffic.BytesDown));
        }

        _context.Console.Write(table);
    }
}
