using System.CommandLine;
using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Serving;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl replay</c>.</summary>
internal sealed class ReplayCommand
{
    private const string About = "The gate is not asked.";

    private static readonly string[] Examples = ["nl replay 42 --server http://127.0.0.1:5080"];

    private readonly LevelArguments _level = new();
    private readonly Argument<long> _version = new("VERSION") { Description = "The version that left the updates out." };
    private readonly CommandContext _context;

    private ReplayCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        ReplayCommand self = new(context);
        DocumentedCommand command = new("replay", "Fold the updates that a version put into quarantine.", new HelpNotes(About, Examples));
        command.Arguments.Add(self._version);
        self._level.AddTo(command);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using HttpLearningCluster cluster = _level.Connect(parsed);
        ModelId model = _level.Model(parsed);
        LevelId level = await _level.LevelAsync(parsed, cluster, cancellationToken);
        LineageEntry made = await cluster.ReplayAsync(model, level, parsed.GetRequiredValue(_version), cancellationToken);
        _context.Console.WriteLine(
            $"Version {made.Version} has {Figures.Count(made.Sources.Sum(source => source.Events))} events from quarantine.");
        await _level.WriteAsync(parsed, new RevisionReport(model.Value, level.Value, made).ToJson, cancellationToken);
        return ExitCode.Success;
    }
}
