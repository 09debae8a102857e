using System.CommandLine;
using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Serving;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl versions</c>.</summary>
internal sealed class VersionsCommand
{
    private const string About = """
        Newest first. The gate column has the events of earlier versions that were answered
        right, by the parent and by the version, of those that were asked. A version marked
        'quarantine' left updates out, which 'nl replay' folds; 'nl rollback' goes back to one
        that is marked 'yes'.
        """;

    private static readonly string[] Examples =
        ["nl versions --server http://127.0.0.1:5080", "nl versions --before 120 --count 20 --server http://127.0.0.1:5080"];

    private readonly LevelArguments _level = new();
    private readonly CommandContext _context;

    private readonly Option<long?> _before = new("--before") { Description = "Only versions below this one.", HelpName = "N" };

    private readonly Option<int> _count = new("--count")
    {
        Description = "At most so many.",
        DefaultValueFactory = _ => 20,
        HelpName = "N",
    };

    private VersionsCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        VersionsCommand self = new(context);
        DocumentedCommand command = new("versions", "Show where the versions of a level came from.", new HelpNotes(About, Examples));
        command.Options.Add(self._before);
        command.Options.Add(self._count);
        self._level.AddTo(command);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        int count = NumberRange.Read(parsed, _count, 1, ILearningCluster.MaxVersions);

        long before = parsed.GetValue(_before) ?? long.MaxValue;
        if (before < 1)
        {
            throw new UsageException($"--before is {before}; accepted: at least 1.");
        }

        await using HttpLearningCluster cluster = _level.Connect(parsed);
        LevelId level = await _level.LevelAsync(parsed, cluster, cancellationToken);
        IReadOnlyList<VersionRecord> versions = await cluster.GetVersionsAsync(_level.Model(parsed), level, before, count, cancellationToken);
        _context.Console.Write(VersionTables.Versions(versions));
        await _level.WriteAsync(
            parsed, new VersionsReport(_level.Model(parsed).Value, level.Value, versions).ToJson, cancellationToken);
        return ExitCode.Success;
    }
}
