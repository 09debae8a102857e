using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>Where the HTTP API has what; <c>docs/serve.md</c> describes it.</summary>
public static class ApiPaths
{
    /// <summary>Everything but the health check is below this.</summary>
    public const string Root = "/api/v1";

    /// <summary>Events and receipts: one JSON object on a line.</summary>
    public const string LinesMediaType = "application/x-ndjson";

    /// <summary>An error (RFC 9457).</summary>
    public const string ProblemMediaType = "application/problem+json";

    /// <summary>A frame, as <c>docs/protocol.md</c> draws it.</summary>
    public const string FrameMediaType = "application/octet-stream";

    /// <summary>A model.</summary>
    public static string Model(ModelId model) => $"{Root}/models/{model}";

    /// <summary>The levels of a model.</summary>
    public static string Levels(ModelId model) => $"{Model(model)}/levels";

    /// <summary>The newest version of a level.</summary>
    public static string Version(ModelId model, LevelId level) => $"{Levels(model)}/{level}/version";

    /// <summary>A memory.</summary>
    public static string Tenant(MemoryAddress memory) => $"{Model(memory.Model)}/tenants/{memory.Tenant}";

    /// <summary>Where a memory takes a source's events that follow number <paramref name="after"/>.</summary>
    public static string Events(MemoryAddress memory, SourceId source, long after) =>
        FormattableString.Invariant($"{Tenant(memory)}/events?source={source}&after={after}");

    /// <summary>Where a memory ends its period.</summary>
    public static string Flush(MemoryAddress memory, SourceId source, FlushTicket ticket) =>
        FormattableString.Invariant($"{Tenant(memory)}/flush?source={source}&ticket={ticket.Value}&after={ticket.After}");

    /// <summary>Where a memory is asked.</summary>
    public static string Predict(MemoryAddress memory) => $"{Tenant(memory)}/predict";

    /// <summary>The schedules of a model.</summary>
    public static string Schedules(ModelId model) => $"{Model(model)}/schedules";

    /// <summary>A schedule.</summary>
    public static string Schedule(ScheduleAddress schedule) => $"{Schedules(schedule.Model)}/{schedule.Schedule}";

    /// <summary>The records of a schedule's runs.</summary>
    public static string Runs(ScheduleAddress schedule) => $"{Schedule(schedule)}/runs";

    /// <summary>Where a schedule runs now.</summary>
    public static string Run(ScheduleAddress schedule, RunTicket ticket) =>
        FormattableString.Invariant($"{Schedule(schedule)}/run?ticket={ticket.Value}");
}
