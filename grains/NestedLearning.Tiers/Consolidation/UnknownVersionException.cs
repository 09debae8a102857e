using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>A level has no version of this number that what was asked could be done with.</summary>
public sealed class UnknownVersionException(LevelId level, long version, string accepted)
    : NestedLearningException($"Version {version} of the level '{level}' cannot be used for this; accepted: {accepted}.")
{
    /// <summary>The level.</summary>
    public LevelId Level { get; } = level;

    /// <summary>The number that was given.</summary>
    public long Version { get; } = version;

    /// <summary>Which versions it can be done with.</summary>
    public string Accepted { get; } = accepted;
}
