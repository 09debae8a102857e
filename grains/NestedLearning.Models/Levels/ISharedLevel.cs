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

    /// <summary>Begins with what a level of the same settings has learned elsewhere; of a level that has absorbed nothing.</summary>
    /// <param name="parameters">That level's newest version, as <see cref="Solve"/> gives it.</param>
    /// <param name="statistics">
    /// What it had absorbed then, as <see cref="Save"/> gives it, where updates are statistics; empty where the parameters are all that counts.
    /// </param>
    /// <exception cref="InvalidInputException">They are not those of such a level, or do not go together; the message names what and what is accepted.</exception>
    void Begin(TensorSet parameters, TensorSet statistics) =>
        throw new InvalidInputException("levels", $"have parameters for '{Spec.Id}', which can only begin with nothing", "none");

    /// <summary>Refuses what the level begins with where no events can have led to it; may cost as much as two folds.</summary>
    /// <exception cref="InvalidInputException">None can.</exception>
    void CheckBeginning()
    {
    }

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
