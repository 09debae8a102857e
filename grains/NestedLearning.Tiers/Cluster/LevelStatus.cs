using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>How a shared level stands.</summary>
/// <param name="Level">Which one.</param>
/// <param name="Version">Its newest durable version.</param>
/// <param name="Events">The events folded into that version since the beginning, each once.</param>
/// <param name="NextPeriod">How many events its next period takes.</param>
/// <param name="RoundContributors">The sources in the open round.</param>
/// <param name="Traffic">What went up and down since the level exists; after a crash, as of its last fold.</param>
/// <param name="FoldTime">The time spent in folds since this process started.</param>
public sealed record LevelStatus(
    LevelId Level, long Version, long Events, long NextPeriod, int RoundContributors, Traffic Traffic, TimeSpan FoldTime);
