using System.Text.Json;
using System.Text.Json.Serialization;

namespace NestedLearning.Cli.Simulating;

/// <summary>A seed for which a promise did not hold.</summary>
internal sealed record FailedSeed(int Seed, string Promise, string Problem);

/// <summary>The result of <c>nl simulate</c> as <c>--json</c> writes it.</summary>
internal sealed record SimulationReport
{
    public required int FirstSeed { get; init; }

    public required int Seeds { get; init; }

    public required int Nodes { get; init; }

    public required string Faults { get; init; }

    public required IReadOnlyList<FailedSeed> Failed { get; init; }

    public required long Events { get; init; }

    public required long Steps { get; init; }

    public required long Messages { get; init; }

    public required long Restarts { get; init; }

    public required long Versions { get; init; }

    public required long Rollbacks { get; init; }

    public required long Replays { get; init; }

    public required long Forgotten { get; init; }

    public required double VirtualSeconds { get; init; }

    public required double Seconds { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, SimulationReportJson.Default.SimulationReport);
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SimulationReport))]
internal sealed partial class SimulationReportJson : JsonSerializerContext;
