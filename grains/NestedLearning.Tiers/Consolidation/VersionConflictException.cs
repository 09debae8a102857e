using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>Something was decided of a level's newest version, and there is a newer one by now. Nothing was done.</summary>
public sealed class VersionConflictException(LevelId level, long expected, long current)
    : NestedLearningException($"The level '{level}' is at version {current}, not at {expected}; look at what came since, and decide again.")
{
    /// <summary>The level.</summary>
    public LevelId Level { get; } = level;

    /// <summary>The version that was taken for the newest.</summary>
    public long Expected { get; } = expected;

    /// <summary>The newest version.</summary>
    public long Current { get; } = current;
}
