using System.CommandLine;
using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Serving;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl rollback</c>.</summary>
internal sealed class RollbackCommand
{
    private const string About = """
        The version is published again under a new number. What has been folded since goes into
        quarantine: it is not sent again, and 'nl replay' brings it back. Where a newer version
        comes in between, nothing is done.
        """;

    private static readonly string[] Examples = ["nl rollback 41 --server http://127.0.0.1:5080"];

    private readonly LevelArguments _level = new();
    private readonly Argument<long> _version = new("VERSION") { Description = "The version to publish again." };
    private readonly CommandContext _context;

    private RollbackCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        RollbackCommand self = new(context);
        DocumentedCommand command = new("rollback", "Publish an earlier version of a level again.", new HelpNotes(About, Examples));
        command.Arguments.Add(self._version);
        self._level.AddTo(command);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        long version = parsed.GetRequiredValue(_version);
        await using HttpLearningCluster cluster = _level.Connect(parsed);
        ModelId model = _level.Model(parsed);
        LevelId level = await _level.LevelAsync(parsed, cluster, cancellationToken);
        IReadOnlyList<LevelStatus> levels = await cluster.GetLevelsAsync(model, cancellationToken);
        LevelStatus now = levels.FirstOrDefault(status => status.Level == level)
            ?? throw new UnknownLevelException(level, [.. levels.Select(status => status.Level)]);
        LineageEntry made = await cluster.RollbackAsync(model, level, version, now.Version, cancellationToken);
        _context.Console.WriteLine(
            $"Version {made.Version} is version {version} again; {Figures.Count(made.LeftOut.Sum(source => source.Events))} events are in quarantine.");
        await _level.WriteAsync(parsed, new RevisionReport(model.Value, level.Value, made).ToJson, cancellationToken);
        return ExitCode.Success;
    }
}
