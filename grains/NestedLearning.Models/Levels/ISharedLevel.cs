using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A shared level as its consolidator owns it: sums in, parameters out. Not safe for concurrent use.
/// </summary>
public interface ISharedLevel
{
    /// <summary>The level's settings.</summary>
    LevelSpec Spec { get; }

    /// <summary>How many events have been absorbed since the beginning.</summary>
    long Events { get; }

    /// <summary>About how many bytes <see cref="Save"/> gives.</summary>
    long StateBytes { get; }

    /// <summary>Begins with other parameters than those that it was made with; of a level that has absorbed nothing.</summary>
    /// <param name="parameters">As <see cref="Solve"/> gives them.</param>
    /// <exception cref="InvalidInputException">They are not the level's, or it has no parameters beside what it has absorbed.</exception>
    void Begin(TensorSet parameters) =>
        throw new InvalidInputException("levels", $"have parameters for '{Spec.Id}', which are what the level has absorbed", "parameters of gradients or deltas");

    /// <summary>Refuses a contribution that does not fit this level, before it joins the next round.</summary>
    /// <exception cref="InvalidContributionException">The first tensor that does not fit.</exception>
    void Check(Contribution contribution);

    /// <summary>Adds one round of contributions, in the order given; checked before. All are added, or none when it throws.</summary>
    void Absorb(IReadOnlyList<Contribution> round);

    /// <summary>The parameters that follow from everything absorbed.</summary>
    TensorSet Solve();

    /// <summary>Everything absorbed, for <see cref="Load"/>: restored and original then behave the same, to the bit.</summary>
    TensorSet Save();

    /// <summary>Takes up a state that <see cref="Save"/> made.</summary>
    void Load(TensorSet state);
}
