using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>What the schedules of one process share.</summary>
/// <param name="Store">Where they keep their state.</param>
/// <param name="Actions">What they do.</param>
/// <param name="Owner">Names this process in the records of runs.</param>
public sealed record ScheduleHosting(ITierStore Store, IScheduledActions Actions, string Owner)
{
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Whether the owner of a run, which is under way and was not begun here, is gone. By default it is: where one process at
    /// a time has the store, whoever began it did so before this one.
    /// </summary>
    public Func<ScheduleRun, CancellationToken, ValueTask<bool>> IsGoneAsync { get; init; } = (_, _) => ValueTask.FromResult(true);
}
