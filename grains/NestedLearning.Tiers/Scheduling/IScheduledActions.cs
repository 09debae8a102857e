using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>What schedules do to a model. Every action may be repeated: what is done already is not done again.</summary>
public interface IScheduledActions
{
    /// <summary>
    /// Every memory in a process that has learned something unsent ends its period and sends it up; then the open round is
    /// folded, also without its quorum. Memories that are not in a process have sent what they learned when they left it.
    /// </summary>
    /// <param name="model">Whose levels.</param>
    /// <param name="level">The shared level; null for all.</param>
    /// <param name="cancellationToken">Gives up; what was sent goes on.</param>
    ValueTask<ConsolidationReport> ConsolidateAsync(ModelId model, LevelId? level, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps the newest version as a state of its own, under <see cref="StateKey.Snapshot"/>, as
    /// <see cref="LevelVersions.Encode"/> writes it, and lets go of the oldest that this schedule keeps.
    /// </summary>
    /// <param name="model">Whose levels.</param>
    /// <param name="keeper">The schedule, with the level and the number to keep.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<SnapshotReport> SnapshotAsync(ModelId model, ScheduleSpec keeper, CancellationToken cancellationToken);

    /// <summary>What memories have learned, and how much of it they knew, in every process since it started.</summary>
    ValueTask<EvaluationReport> EvaluateAsync(ModelId model, CancellationToken cancellationToken);

    /// <summary>
    /// Memories that nobody has used for a while send up what they learned and leave memory. Their state stays in the
    /// store, and they are back when somebody asks for them.
    /// </summary>
    ValueTask<ExpiryReport> ExpireAsync(ModelId model, TimeSpan idleFor, CancellationToken cancellationToken);
}
