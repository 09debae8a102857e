using System.CommandLine;
using NestedLearning.Cli.Serving;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl consolidate</c>.</summary>
internal sealed class ConsolidateCommand
{
    private const string About = """
        Every memory that is loaded sends up what it has learned, whether its period is over or
        not, and the level folds it, whether its round is full or not.
        """;

    private static readonly string[] Examples = ["nl consolidate --server http://127.0.0.1:5080"];

    private readonly LevelArguments _level = new();
    private readonly CommandContext _context;

    private ConsolidateCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        ConsolidateCommand self = new(context);
        DocumentedCommand command = new("consolidate", "Fold what all memories have learned, now.", new HelpNotes(About, Examples));
        self._level.AddTo(command);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using HttpLearningCluster cluster = _level.Connect(parsed);
        ModelId model = _level.Model(parsed);
        ConsolidationReport report = await cluster.ConsolidateAsync(model, _level.Named(parsed), cancellationToken);
        _context.Console.WriteLine(report.ToResult().Detail);
        await _level.WriteAsync(parsed, new ConsolidatedReport(model.Value, ConsolidationDocument.From(report)).ToJson, cancellationToken);
        return ExitCode.Success;
    }
}
