using System.Text.Json;
using System.Text.Json.Serialization;

namespace NestedLearning.Cli.Benchmarks;

/// <summary>The result of <c>nl bench encodings</c> as <c>--json</c> writes it.</summary>
internal sealed record EncodingReport(string Simd, IReadOnlyList<EncodingSpeed> Encodings)
{
    public string ToJson() => JsonSerializer.Serialize(this, EncodingReportJson.Default.EncodingReport);
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(EncodingReport))]
internal sealed partial class EncodingReportJson : JsonSerializerContext;
