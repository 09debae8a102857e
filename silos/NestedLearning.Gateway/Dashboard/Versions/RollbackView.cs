using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Versions;

/// <summary>What is confirmed before a level goes back.</summary>
/// <param name="Level">Which level.</param>
/// <param name="Target">The version to publish again.</param>
/// <param name="Current">The newest version.</param>
/// <param name="TakenOut">The versions whose updates go into quarantine, newest first.</param>
public sealed record RollbackView(LevelId Level, VersionRecord Target, VersionRecord Current, IReadOnlyList<VersionRecord> TakenOut)
{
    /// <summary>How many events the level has less afterwards.</summary>
    public long Events => Current.Entry.Events - Target.Entry.Events;
}
