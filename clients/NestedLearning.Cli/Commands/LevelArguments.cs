using System.CommandLine;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Commands;

/// <summary>What says which level of which server's model is meant, and where the result goes.</summary>
internal sealed class LevelArguments : ReportArguments
{
    private readonly Option<string?> _level = new("--level")
    {
        Description = "The shared level; may be left out where the model has one.",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_level);
        AddServerTo(command);
    }

    /// <summary>The level that is named; null for none.</summary>
    /// <exception cref="InvalidIdException">It is no name.</exception>
    public LevelId? Named(ParseResult parsed) => parsed.GetValue(_level) is { } name ? new LevelId(name) : null;

    /// <summary>The level that is named, or the only one that the model has.</summary>
    /// <exception cref="UsageException">None is named, and there are several.</exception>
    public async Task<LevelId> LevelAsync(ParseResult parsed, HttpLearningCluster cluster, CancellationToken cancellationToken)
    {
        if (Named(parsed) is { } named)
        {
            return named;
        }

        IReadOnlyList<LevelStatus> levels = await cluster.GetLevelsAsync(Model(parsed), cancellationToken);
        return levels.Count == 1
            ? levels[0].Level
            : throw new UsageException($"--level is missing; accepted: {string.Join(", ", levels.Select(level => level.Level))}.");
    }
}
