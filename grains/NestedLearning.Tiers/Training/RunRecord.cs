using System.Text.Json;
using System.Text.Json.Serialization;

namespace NestedLearning.Tiers;

/// <summary>What a training run has to remember beside its memories and levels: what it measured on the way.</summary>
/// <param name="Fingerprint">Tells one stream and its settings from any other; a run resumes only its own.</param>
/// <param name="Columns">For every task finished so far, the accuracy on each task up to it.</param>
public sealed record RunRecord(string Fingerprint, IReadOnlyList<IReadOnlyList<double>> Columns)
{
    /// <summary>The seconds that earlier processes spent learning in this run.</summary>
    public double Seconds { get; init; }

    /// <summary>The accuracy over all tasks just before the last fold, once it was measured.</summary>
    public double? AccuracyBeforeLastFold { get; init; }

    /// <summary>The record as JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, RunRecordJson.Default.RunRecord);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static RunRecord FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, RunRecordJson.Default.RunRecord)
        ?? throw new JsonException("The record of a run is null.");
}

[JsonSerializable(typeof(RunRecord))]
internal sealed partial class RunRecordJson : JsonSerializerContext;
