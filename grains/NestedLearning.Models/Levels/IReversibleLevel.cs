using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>A shared level whose contributions are sums, so that each can be taken away again, and asked about.</summary>
public interface IReversibleLevel : ISharedLevel
{
    /// <summary>
    /// The level's time, in events, by which statistics fade (<see cref="LevelSpec.HalfLife"/>); 0 for ever where they do not. Set back,
    /// what had faded since is whole again.
    /// </summary>
    long Clock { get; set; }

    /// <summary>The time at which a round of so many events comes in.</summary>
    long ClockAfter(long events);

    /// <summary>Whether the clock can be set back so far: beyond, what was there is lost in the rounding of what came since.</summary>
    bool CanGoBackTo(long clock);

    /// <summary>
    /// Takes away contributions that were absorbed, whatever was absorbed since. What is left is, to the rounding of the sums, what it
    /// would be had they never come. All are taken away, or none when it throws.
    /// </summary>
    void Release(IReadOnlyList<Contribution> contributions);

    /// <summary>
    /// The fewest events for which a part of a round is worth being added up elsewhere, as its sums have to be added, too; it depends on
    /// the level's settings alone.
    /// </summary>
    long LeastPart { get; }

    /// <summary>How many events of a contribution have to be added one by one; 0 where it carries their sums.</summary>
    long EventsToAdd(Contribution contribution);

    /// <summary>
    /// Adds up a part of a round, from zero, in the order given. It depends on the level's settings alone, so it may be asked of any level
    /// with the same settings, on any machine, while this one is at work.
    /// </summary>
    /// <exception cref="InvalidContributionException">A contribution does not fit the level.</exception>
    TensorSet AddUp(IReadOnlyList<Contribution> part);

    /// <summary>
    /// Adds one round by the sums of its parts: to their rounding the same as without. All are added, or none when it throws.
    /// </summary>
    /// <param name="round">The contributions, which came into the level at one time.</param>
    /// <param name="parts">What <see cref="AddUp"/> gave for the parts that they were cut into, in their order.</param>
    /// <exception cref="InvalidContributionException">A part does not fit the level.</exception>
    void Absorb(IReadOnlyList<Contribution> round, IReadOnlyList<TensorSet> parts);

    /// <summary>The events of an absorbed contribution as questions with their answers; none where it carries only their sums.</summary>
    IReadOnlyList<Probe> ProbesOf(Contribution contribution);

    /// <summary>The labels of a contribution's events, absorbed or not; none where it carries only their sums.</summary>
    IReadOnlyList<string> LabelsOf(Contribution contribution);

    /// <summary>How many of the probes a version answers right.</summary>
    /// <param name="version">The parameters, as <see cref="ISharedLevel.Solve"/> gives them.</param>
    /// <param name="probes">The questions, which are no events of the version.</param>
    int CountRight(TensorSet version, IReadOnlyList<Probe> probes);

    /// <summary>
    /// For each probe whether what <see cref="ISharedLevel.Solve"/> gave last would answer it right, had it been solved without this one
    /// event. An event that is in a version all but answers itself; so only this tells what the others know.
    /// </summary>
    /// <param name="probes">The questions, each an event of what was solved.</param>
    /// <exception cref="InvalidOperationException">Nothing was solved since the level was made or loaded, or the last attempt failed.</exception>
    bool[] AnswerHeldOut(IReadOnlyList<Probe> probes);
}
