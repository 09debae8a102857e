using System.Text.Json;
using System.Text.Json.Serialization;

namespace NestedLearning.Tiers;

/// <summary>
/// What a training run has to remember beside its memories and levels: what it measured on the way, over all processes
/// that took part.
/// </summary>
/// <param name="Fingerprint">Tells one stream and its settings from any other; a run resumes only its own.</param>
public sealed record RunRecord(string Fingerprint)
{
    /// <summary>For every task finished so far, the correct answers on each task up to it.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Columns { get; init; } = [];

    /// <summary>The accuracy over all tasks just before the last fold, once it was measured.</summary>
    public double? AccuracyBeforeLastFold { get; init; }

    /// <summary>The seconds spent learning, evaluation not counted.</summary>
    public double LearningSeconds { get; init; }

    /// <summary>The part of it spent in hashing, predicting and learning, added over the workers.</summary>
    public double StepSeconds { get; init; }

    /// <summary>The part of it spent in folds.</summary>
    public double FoldSeconds { get; init; }

    /// <summary>Bytes of updates sent up.</summary>
    public long BytesUp { get; init; }

    /// <summary>Bytes of versions sent down.</summary>
    public long BytesDown { get; init; }

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
