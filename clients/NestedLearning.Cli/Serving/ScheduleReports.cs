using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Serving;

/// <summary>What <c>nl schedule add --json</c> writes.</summary>
internal sealed record ScheduleReport(string Model, ScheduleStatusDocument Schedule)
{
    public string ToJson() => JsonSerializer.Serialize(this, ScheduleReportsJson.Default.ScheduleReport);
}

/// <summary>What <c>nl schedule list --json</c> writes.</summary>
internal sealed record SchedulesReport(string Model, IReadOnlyList<ScheduleStatusDocument> Schedules)
{
    public string ToJson() => JsonSerializer.Serialize(this, ScheduleReportsJson.Default.SchedulesReport);
}

/// <summary>What <c>nl schedule run --json</c> writes, also of a run that failed.</summary>
internal sealed record ScheduleRunReport(string Model, string Schedule, ScheduleRun Run)
{
    public string ToJson() => JsonSerializer.Serialize(this, ScheduleReportsJson.Default.ScheduleRunReport);
}

/// <summary>What <c>nl schedule history --json</c> writes, newest first.</summary>
internal sealed record ScheduleRunsReport(string Model, string Schedule, IReadOnlyList<ScheduleRun> Runs)
{
    public string ToJson() => JsonSerializer.Serialize(this, ScheduleReportsJson.Default.ScheduleRunsReport);
}

/// <summary>What <c>nl schedule remove --json</c> writes.</summary>
internal sealed record ScheduleRemovedReport(string Model, string Schedule)
{
    public string ToJson() => JsonSerializer.Serialize(this, ScheduleReportsJson.Default.ScheduleRemovedReport);
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ScheduleReport))]
[JsonSerializable(typeof(SchedulesReport))]
[JsonSerializable(typeof(ScheduleRunReport))]
[JsonSerializable(typeof(ScheduleRunsReport))]
[JsonSerializable(typeof(ScheduleRemovedReport))]
internal sealed partial class ScheduleReportsJson : JsonSerializerContext;
