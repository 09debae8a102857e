using System.Text.Json;
using System.Text.Json.Serialization;

namespace NestedLearning.Cli.Benchmarks;

/// <summary>What a process held at one moment of a soak.</summary>
/// <param name="Seconds">Since its start.</param>
/// <param name="Steps">Steps of training done until then.</param>
/// <param name="WorkingSetBytes">Memory of the process.</param>
/// <param name="HeapBytes">Managed memory in use after a collection.</param>
/// <param name="Loss">The loss of the last step.</param>
internal sealed record SoakSample(double Seconds, long Steps, long WorkingSetBytes, long HeapBytes, float Loss);

/// <summary>The result of <c>nl bench soak</c> as <c>--json</c> writes it.</summary>
/// <param name="Samples">The first is taken when the first tenth is over: what grows until then is start.</param>
internal sealed record SoakReport(IReadOnlyList<SoakSample> Samples)
{
    /// <summary>How much the process grew from the first sample to the largest after it.</summary>
    public long GrowthBytes => Samples.Max(sample => sample.WorkingSetBytes) - Samples[0].WorkingSetBytes;

    public string ToJson() => JsonSerializer.Serialize(this, SoakReportJson.Default.SoakReport);
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SoakReport))]
internal sealed partial class SoakReportJson : JsonSerializerContext;
