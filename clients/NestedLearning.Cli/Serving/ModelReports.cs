using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Serving;

/// <summary>What <c>nl models --json</c> writes.</summary>
internal sealed record ModelsReport(IReadOnlyList<ListedModel> Models)
{
    public string ToJson() => JsonSerializer.Serialize(this, ModelReportsJson.Default.ModelsReport);
}

/// <summary>A model, and what makes it again.</summary>
internal sealed record ListedModel(string Name, ModelDocument Settings);

/// <summary>What <c>nl tenants list --json</c> writes.</summary>
internal sealed record TenantsReport(string Model, IReadOnlyList<string> Tenants)
{
    public string ToJson() => JsonSerializer.Serialize(this, ModelReportsJson.Default.TenantsReport);
}

/// <summary>What <c>nl tenants show --json</c> writes.</summary>
internal sealed record TenantReport(string Model, string Tenant, MemoryDocument Memory)
{
    public string ToJson() => JsonSerializer.Serialize(this, ModelReportsJson.Default.TenantReport);
}

/// <summary>What <c>nl tenants export --json</c> writes.</summary>
internal sealed record ExportedTenantReport(string Model, string Tenant, string Archive, int Files, long Bytes)
{
    public string ToJson() => JsonSerializer.Serialize(this, ModelReportsJson.Default.ExportedTenantReport);
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ModelsReport))]
[JsonSerializable(typeof(TenantsReport))]
[JsonSerializable(typeof(TenantReport))]
[JsonSerializable(typeof(ExportedTenantReport))]
internal sealed partial class ModelReportsJson : JsonSerializerContext;
