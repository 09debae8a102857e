using System.Globalization;
using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>How a level went on.</summary>
/// <param name="Level">Which one.</param>
/// <param name="From">Its version before.</param>
/// <param name="To">Its version now.</param>
/// <param name="Events">The events that were folded in between.</param>
public sealed record LevelProgress(LevelId Level, long From, long To, long Events);

/// <summary>What a consolidation came to.</summary>
/// <param name="Memories">The memories that had something to send.</param>
/// <param name="Levels">The levels that were folded.</param>
public sealed record ConsolidationReport(int Memories, IReadOnlyList<LevelProgress> Levels)
{
    /// <summary>The report as a run's record has it.</summary>
    public RunResult ToResult()
    {
        Dictionary<string, double> figures = new() { ["memories"] = Memories };
        List<string> parts = [Words.Memories(Memories)];
        foreach (LevelProgress level in Levels)
        {
            string name = Levels.Count > 1 ? $"{level.Level} " : "";
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name}version {level.From} -> {level.To}"));
            parts.Add(Words.Events(level.Events));
            figures[$"{level.Level}/from"] = level.From;
            figures[$"{level.Level}/version"] = level.To;
            figures[$"{level.Level}/events"] = level.Events;
        }

        return new RunResult(string.Join(", ", parts), figures);
    }
}
