using System.Text.Json;
using System.Text.Json.Serialization;

namespace NestedLearning.Cli.Benchmarks;

/// <summary>How long one computation takes.</summary>
/// <param name="Operation">What is computed, with its shapes.</param>
/// <param name="Threads">On how many threads.</param>
/// <param name="Microseconds">The shortest time of one computation.</param>
/// <param name="Gflops">1e9 operations of matrix products a second; 0 where products are not what takes the time.</param>
internal sealed record ComputeTime(string Operation, int Threads, double Microseconds, double Gflops);

/// <summary>The result of <c>nl bench compute</c> as <c>--json</c> writes it.</summary>
internal sealed record ComputeReport(string Backend, IReadOnlyList<ComputeTime> Operations)
{
    public string ToJson() => JsonSerializer.Serialize(this, ComputeReportJson.Default.ComputeReport);
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ComputeReport))]
internal sealed partial class ComputeReportJson : JsonSerializerContext;
