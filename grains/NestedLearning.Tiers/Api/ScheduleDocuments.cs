using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>A schedule, as a client sends it and as a store keeps it; what is left out has its default.</summary>
/// <inheritdoc cref="ScheduleSpec"/>
public sealed record ScheduleDocument(
    ScheduledAction? Action = null,
    string? Cron = null,
    string? TimeZone = null,
    string? Level = null,
    MissedRunPolicy? Missed = null,
    TimeSpan? IdleFor = null,
    int? Keep = null)
{
    /// <summary>The document of a spec.</summary>
    public static ScheduleDocument From(ScheduleSpec spec) =>
        new(spec.Action, spec.Cron, spec.TimeZone, spec.Level?.Value, spec.Missed, spec.IdleFor, spec.Keep);

    /// <summary>The spec that it stands for.</summary>
    /// <exception cref="InvalidInputException">It does not say what is done, or when.</exception>
    /// <exception cref="InvalidIdException">It names no level.</exception>
    public ScheduleSpec ToSpec(ScheduleId id)
    {
        ScheduledAction action = Action ?? throw new InvalidInputException(
            "action", "is missing", string.Join(", ", Enum.GetNames<ScheduledAction>()));
        ScheduleSpec defaults = new(id, action, Cron ?? throw new InvalidInputException("cron", "is missing", "a cron expression"));
        return defaults with
        {
            TimeZone = TimeZone ?? defaults.TimeZone,
            Level = Level is null ? null : new LevelId(Level),
            Missed = Missed ?? defaults.Missed,
            IdleFor = IdleFor,
            Keep = Keep ?? defaults.Keep,
        };
    }
}

/// <summary>How a schedule stands.</summary>
/// <inheritdoc cref="ScheduleStatus"/>
public sealed record ScheduleStatusDocument(string Schedule, ScheduleDocument Spec, DateTimeOffset? Next, ScheduleRun? Last)
{
    /// <summary>The document of a status.</summary>
    public static ScheduleStatusDocument From(ScheduleStatus status) =>
        new(status.Spec.Id.Value, ScheduleDocument.From(status.Spec), status.Next, status.Last);

    /// <summary>The status that it stands for.</summary>
    public ScheduleStatus ToStatus() => new(Spec.ToSpec(new ScheduleId(Schedule)), Next, Last);
}
