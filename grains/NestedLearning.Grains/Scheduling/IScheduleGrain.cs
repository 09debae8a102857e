using NestedLearning.Tiers;
using Orleans.Concurrency;

namespace NestedLearning.Grains;

/// <summary>One schedule of a model. Its key is <c>model/schedule</c>. Reminders keep its time.</summary>
[Alias("nl.IScheduleGrain")]
public interface IScheduleGrain : IGrainWithStringKey, IRemindable
{
    /// <summary>Makes the schedule, or replaces its spec.</summary>
    /// <param name="spec">A <see cref="ScheduleDocument"/> as JSON.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [Alias("Set")]
    ValueTask SetAsync(Payload spec, CancellationToken cancellationToken);

    /// <summary>Removes the schedule and its records.</summary>
    [Alias("Remove")]
    ValueTask RemoveAsync(CancellationToken cancellationToken);

    /// <summary>The model is deleted: interrupts what runs, and does away with the schedule.</summary>
    [Alias("Erase")]
    ValueTask EraseAsync(CancellationToken cancellationToken);

    /// <summary>Sees to it that the schedule, if there is one, has a reminder. Nobody waits for it.</summary>
    [Alias("Wake"), OneWay]
    ValueTask WakeAsync();

    /// <summary>How it stands, a <see cref="ScheduleStatusDocument"/> as JSON; nothing when there is none.</summary>
    [Alias("Status")]
    ValueTask<Payload> GetStatusAsync(CancellationToken cancellationToken);

    /// <summary>The records of its last runs, newest first, as JSON.</summary>
    [Alias("Runs")]
    ValueTask<Payload> GetRunsAsync(CancellationToken cancellationToken);

    /// <summary>Runs it now, and answers once the run is over, or after a while with the record of a run that is under way.</summary>
    /// <param name="ticket">Names the request.</param>
    /// <param name="cancellationToken">Gives up; the run goes on.</param>
    [Alias("Run")]
    ValueTask<Payload> RunAsync(long ticket, CancellationToken cancellationToken);
}
