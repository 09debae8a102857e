using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>A shared level of a model in a checkpoint.</summary>
/// <param name="Level">Which one.</param>
/// <param name="Version">Its version.</param>
public sealed record CheckpointLevel(LevelId Level, LevelVersion Version)
{
    /// <summary>
    /// Everything that the level had absorbed with that version, where its updates are statistics (<see cref="ISharedLevel.Save"/>); empty
    /// elsewhere, and where it was not asked for.
    /// </summary>
    public TensorSet Statistics { get; init; } = [];
}
