using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>How a level went on, in JSON.</summary>
/// <param name="Level">Which one.</param>
/// <param name="From">Its version before.</param>
/// <param name="Version">Its version now.</param>
/// <param name="Events">The events that were folded in between.</param>
public sealed record LevelProgressDocument(string Level, long From, long Version, long Events);

/// <summary>What a consolidation came to, in JSON.</summary>
/// <param name="Memories">The memories that had something to send.</param>
/// <param name="Levels">The levels that were folded.</param>
public sealed record ConsolidationDocument(int Memories, IReadOnlyList<LevelProgressDocument> Levels)
{
    /// <summary>The document of a report.</summary>
    public static ConsolidationDocument From(ConsolidationReport report) => new(
        report.Memories,
        [.. report.Levels.Select(level => new LevelProgressDocument(level.Level.Value, level.From, level.To, level.Events))]);

    /// <summary>The report that it stands for.</summary>
    public ConsolidationReport ToReport() => new(
        Memories, [.. Levels.Select(level => new LevelProgress(new LevelId(level.Level), level.From, level.Version, level.Events))]);
}
