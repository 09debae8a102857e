using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>The schedules of the models of a cluster, as the gateway, the command line and the tests see them. Every call may be repeated.</summary>
public interface ISchedules
{
    /// <summary>
    /// Makes a schedule, or replaces the one of its name: then its times begin anew, a run that is under way goes on, and
    /// the records stay. The same spec again changes nothing.
    /// </summary>
    /// <exception cref="InvalidScheduleException">A setting is not accepted.</exception>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    /// <exception cref="UnknownLevelException">The model has no shared level of that name.</exception>
    ValueTask SetAsync(ModelId model, ScheduleSpec spec, CancellationToken cancellationToken);

    /// <summary>Removes a schedule and its records; a run that is under way goes on. Snapshots that it kept stay.</summary>
    /// <exception cref="UnknownScheduleException">There is no such schedule.</exception>
    ValueTask RemoveAsync(ScheduleAddress schedule, CancellationToken cancellationToken);

    /// <summary>The schedules of a model, by name.</summary>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    ValueTask<IReadOnlyList<ScheduleStatus>> ListAsync(ModelId model, CancellationToken cancellationToken);

    /// <summary>The last runs of a schedule, newest first; <see cref="ScheduleState.KeptRuns"/> at most.</summary>
    /// <exception cref="UnknownScheduleException">There is no such schedule.</exception>
    ValueTask<IReadOnlyList<ScheduleRun>> GetRunsAsync(ScheduleAddress schedule, CancellationToken cancellationToken);

    /// <summary>Runs a schedule now, and returns when the run is over. Its next time stays as it is.</summary>
    /// <param name="schedule">Which one.</param>
    /// <param name="ticket">Names this request: repeated, it gets the same run.</param>
    /// <param name="cancellationToken">Gives up waiting; the run goes on.</param>
    /// <returns>The record of the run, whose outcome says whether it failed.</returns>
    /// <exception cref="UnknownScheduleException">There is no such schedule.</exception>
    /// <exception cref="ScheduleBusyException">Another run is under way.</exception>
    ValueTask<ScheduleRun> RunAsync(ScheduleAddress schedule, RunTicket ticket, CancellationToken cancellationToken);
}
