using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Serving;

/// <summary>What <c>nl versions --json</c> writes, newest first.</summary>
internal sealed record VersionsReport(string Model, string Level, IReadOnlyList<VersionRecord> Versions)
{
    public string ToJson() => JsonSerializer.Serialize(this, VersionReportsJson.Default.VersionsReport);
}

/// <summary>What <c>nl rollback --json</c> and <c>nl replay --json</c> write.</summary>
internal sealed record RevisionReport(string Model, string Level, LineageEntry Version)
{
    public string ToJson() => JsonSerializer.Serialize(this, VersionReportsJson.Default.RevisionReport);
}

/// <summary>What <c>nl consolidate --json</c> writes.</summary>
internal sealed record ConsolidatedReport(string Model, ConsolidationDocument Consolidation)
{
    public string ToJson() => JsonSerializer.Serialize(this, VersionReportsJson.Default.ConsolidatedReport);
}

/// <summary>What <c>nl forget --json</c> writes.</summary>
internal sealed record ForgottenReport(string Model, string Tenant, ForgetDocument Forgotten)
{
    public string ToJson() => JsonSerializer.Serialize(this, VersionReportsJson.Default.ForgottenReport);
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(VersionsReport))]
[JsonSerializable(typeof(RevisionReport))]
[JsonSerializable(typeof(ConsolidatedReport))]
[JsonSerializable(typeof(ForgottenReport))]
internal sealed partial class VersionReportsJson : JsonSerializerContext;
