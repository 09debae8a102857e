using System.Text.Json;
using System.Text.Json.Serialization;

namespace NestedLearning.Cli.Benchmarks;

/// <summary>The result of <c>nl bench gemm</c> as <c>--json</c> writes it.</summary>
internal sealed record GemmReport(string Simd, int Threads, IReadOnlyList<GemmSpeed> Products)
{
    public string ToJson() => JsonSerializer.Serialize(this, GemmReportJson.Default.GemmReport);
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GemmReport))]
internal sealed partial class GemmReportJson : JsonSerializerContext;
