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

    /// <summary>A model in the format of safetensors.</summary>
    public const string SafetensorsMediaType = "application/vnd.safetensors";

    /// <summary>Events that a server sends as they come.</summary>
    public const string EventStreamMediaType = "text/event-stream";

    /// <summary>The kind of event with which such a stream ends when something went wrong; its data is a problem document.</summary>
    public const string ProblemEvent = "problem";

    /// <summary>The protocol of a WebSocket for events. A browser that offers it may offer its key beside it, which is not sent back.</summary>
    public const string LiveProtocol = "nested-learning.v1";

    /// <summary>The models.</summary>
    public const string Models = Root + "/models";

    /// <summary>A model.</summary>
    public static string Model(ModelId model) => $"{Models}/{model}";

    /// <summary>The training run of a model.</summary>
    public static string Run(ModelId model) => $"{Model(model)}/run";

    /// <summary>The levels of a model.</summary>
    public static string Levels(ModelId model) => $"{Model(model)}/levels";

    /// <summary>The newest version of a level.</summary>
    public static string Version(ModelId model, LevelId level) => $"{Levels(model)}/{level}/version";

    /// <summary>Tenants of a model.</summary>
    public static string Tenants(ModelId model, TenantQuery query)
    {
        string after = query.After is { } last ? $"&after={last}" : "";
        string prefix = query.Prefix.Length > 0 ? $"&prefix={Uri.EscapeDataString(query.Prefix)}" : "";
        return FormattableString.Invariant($"{Model(model)}/tenants?count={query.Count}{after}{prefix}");
    }

    /// <summary>A memory.</summary>
    public static string Tenant(MemoryAddress memory) => $"{Model(memory.Model)}/tenants/{memory.Tenant}";

    /// <summary>Everything that is held of a tenant.</summary>
    public static string Export(MemoryAddress memory) => $"{Tenant(memory)}/export";

    /// <summary>Where a memory takes a source's events that follow number <paramref name="after"/>.</summary>
    public static string Events(MemoryAddress memory, SourceId source, long after) =>
        FormattableString.Invariant($"{Tenant(memory)}/events?source={source}&after={after}");

    /// <summary>The same, over a WebSocket.</summary>
    public static string Live(MemoryAddress memory, SourceId source, long after) =>
        FormattableString.Invariant($"{Tenant(memory)}/live?source={source}&after={after}");

    /// <summary>Where a memory ends its period.</summary>
    public static string Flush(MemoryAddress memory, SourceId source, FlushTicket ticket) =>
        FormattableString.Invariant($"{Tenant(memory)}/flush?source={source}&ticket={ticket.Value}&after={ticket.After}");

    /// <summary>Where a memory is asked.</summary>
    public static string Predict(MemoryAddress memory) => $"{Tenant(memory)}/predict";

    /// <summary>A model as a file.</summary>
    public static string Checkpoint(ModelId model) => $"{Model(model)}/checkpoint";

    /// <summary>Where a text goes on.</summary>
    public static string Generate(MemoryAddress memory) => $"{Tenant(memory)}/generate";

    /// <summary>The schedules of a model.</summary>
    public static string Schedules(ModelId model) => $"{Model(model)}/schedules";

    /// <summary>A schedule.</summary>
    public static string Schedule(ScheduleAddress schedule) => $"{Schedules(schedule.Model)}/{schedule.Schedule}";

    /// <summary>The records of a schedule's runs.</summary>
    public static string Runs(ScheduleAddress schedule) => $"{Schedule(schedule)}/runs";

    /// <summary>Where a schedule runs now.</summary>
    public static string Run(ScheduleAddress schedule, RunTicket ticket) =>
        FormattableString.Invariant($"{Schedule(schedule)}/run?ticket={ticket.Value}");

    /// <summary>Where the versions of a level came from.</summary>
    public static string Versions(ModelId model, LevelId level, long before, int count) =>
        FormattableString.Invariant($"{Levels(model)}/{level}/versions?before={before}&count={count}");

    /// <summary>Where an earlier version of a level is published again.</summary>
    public static string Rollback(ModelId model, LevelId level, long version, long from) =>
        FormattableString.Invariant($"{Levels(model)}/{level}/rollback?version={version}&from={from}");

    /// <summary>Where what a version left out is folded.</summary>
    public static string Replay(ModelId model, LevelId level, long version) =>
        FormattableString.Invariant($"{Levels(model)}/{level}/replay?version={version}");

    /// <summary>Where everything is sent up and folded, of one level or of all.</summary>
    public static string Consolidate(ModelId model, LevelId? level) =>
        $"{Model(model)}/consolidate{(level is { } one ? $"?level={one}" : "")}";
}
