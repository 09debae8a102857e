using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>What a shared level begins with.</summary>
/// <param name="Level">Which one.</param>
/// <param name="Parameters">The parameters of its version 0.</param>
public sealed record InitialLevel(LevelId Level, TensorSet Parameters)
{
    /// <summary>
    /// What it goes on learning from, where its updates are statistics: those of <see cref="CheckpointLevel.Statistics"/>. Empty elsewhere.
    /// </summary>
    public TensorSet Statistics { get; init; } = [];

    /// <summary>
    /// Makes sure that a model can begin so: every shared level is there once, with its own parameters, and with statistics where it needs
    /// them. For statistics that costs as much as two folds.
    /// </summary>
    /// <exception cref="InvalidInputException">Something is missing, or is another level's.</exception>
    public static void Check(ModelSpec spec, IReadOnlyList<InitialLevel> levels)
    {
        LevelId[] shared = [.. spec.Levels.Where(level => level.Scope == LevelScope.Shared).Select(level => level.Id)];
        if (!shared.SequenceEqual(levels.Select(level => level.Level)))
        {
            throw new InvalidInputException("levels", $"are {string.Join(", ", levels.Select(level => level.Level))}", string.Join(", ", shared));
        }

        foreach (InitialLevel level in levels)
        {
            ISharedLevel begun = spec.CreateSharedLevel(level.Level, threads: 1);
            begun.Begin(level.Parameters, level.Statistics);
            begun.CheckBeginning();
        }
    }
}
