using System.Text.Json;
using System.Text.Json.Serialization;

namespace NestedLearning.Cli.Training;

/// <summary>The result of <c>nl train classifier</c> and <c>nl demo</c> as <c>--json</c> writes it; fractions, bytes, seconds.</summary>
internal sealed record ClassifierReport
{
    public required string Model { get; init; }

    public required long Events { get; init; }

    public required int Workers { get; init; }

    public required int Classes { get; init; }

    public required IReadOnlyList<string> Tasks { get; init; }

    public required double?[][] AccuracyMatrix { get; init; }

    /// <summary>Null without examples for testing; so is forgetting.</summary>
    public required double? FinalAccuracy { get; init; }

    public required double? AverageForgetting { get; init; }

    public required double PrequentialAccuracy { get; init; }

    /// <summary>Final accuracy as it was just before the last fold.</summary>
    public double? AccuracyBeforeLastFold { get; init; }

    public required IReadOnlyDictionary<string, BaselineScore> Baselines { get; init; }

    /// <summary>
    /// Of a run that was cut off: what was sent up to the last task that ended before, and since it goes on. Times are
    /// counted in the same way; everything else is as if nothing had happened.
    /// </summary>
    public required long BytesUp { get; init; }

    public required long BytesDown { get; init; }

    public required double BytesUpPerEvent { get; init; }

    public required IReadOnlyDictionary<string, long> Versions { get; init; }

    /// <summary>Events learned for each second of learning, folds, frames and storage included, evaluation not.</summary>
    public required double EventsPerSecond { get; init; }

    /// <summary>Events for each second of hashing, predicting and learning, on one core, without folds.</summary>
    public required double FastPathEventsPerSecond { get; init; }

    public required double FoldSeconds { get; init; }

    /// <summary>
    /// The share of the learning time that went neither into hashing, predicting and learning nor into folds; null for
    /// several workers, whose times overlap.
    /// </summary>
    public double? ShareOutsideNumerics { get; init; }

    public required double Seconds { get; init; }

    /// <summary>The spread over seeds, where there were several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SpreadReport? Spread { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, ClassifierReportJson.Default.ClassifierReport);
}

/// <summary>What a baseline reached; a joint one has no forgetting.</summary>
internal sealed record BaselineScore(double FinalAccuracy, double? AverageForgetting);

/// <summary>Means and standard deviations over seeds.</summary>
internal sealed record SpreadReport(
    int Seeds, double FinalAccuracyMean, double FinalAccuracyDeviation, double AverageForgettingMean, double AverageForgettingDeviation);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ClassifierReport))]
internal sealed partial class ClassifierReportJson : JsonSerializerContext;
