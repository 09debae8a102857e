namespace NestedLearning.Tiers;

/// <summary>The model has no schedule of this name.</summary>
public sealed class UnknownScheduleException(ScheduleAddress schedule)
    : NestedLearningException($"The model '{schedule.Model}' has no schedule '{schedule.Schedule}'.")
{
    /// <summary>The model and the name that were asked for.</summary>
    public ScheduleAddress Schedule { get; } = schedule;
}

/// <summary>A schedule cannot run now, because it is running.</summary>
public sealed class ScheduleBusyException(ScheduleAddress schedule)
    : NestedLearningException($"The schedule '{schedule}' is running; wait until that run is over.")
{
    /// <summary>The schedule that is running.</summary>
    public ScheduleAddress Schedule { get; } = schedule;
}
