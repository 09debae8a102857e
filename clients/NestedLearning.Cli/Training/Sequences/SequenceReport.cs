using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Models;

namespace NestedLearning.Cli.Training.Sequences;

/// <summary>What was measured after a step; losses in nats a token.</summary>
/// <param name="Step">The step.</param>
/// <param name="TrainingLoss">The mean of the steps since the point before.</param>
/// <param name="ValidationLoss">Over all of the text that is not learned.</param>
internal sealed record SequencePoint(long Step, double TrainingLoss, double ValidationLoss);

/// <summary>The parameters that step together.</summary>
/// <param name="Name">The level.</param>
/// <param name="Period">Its period in steps.</param>
/// <param name="Parameters">How many values it has.</param>
/// <param name="Version">How often it has stepped.</param>
/// <param name="BytesUp">What all workers sent up for it; after a crash, as of its last step.</param>
/// <param name="BytesDown">What all workers got of it.</param>
internal sealed record SequenceLevel(string Name, int Period, long Parameters, long Version, long BytesUp, long BytesDown);

/// <summary>The result of <c>nl train hope</c> as <c>--json</c> writes it; losses in nats a token.</summary>
internal sealed record SequenceReport
{
    public required string Model { get; init; }

    public required long Parameters { get; init; }

    /// <summary>The tokens that were learned, by all workers.</summary>
    public required long Tokens { get; init; }

    public required int Workers { get; init; }

    public required long Steps { get; init; }

    public required double TrainLoss { get; init; }

    public required double ValidationLoss { get; init; }

    /// <summary>Bits for each byte of the text that is not learned.</summary>
    public required double BitsPerByte { get; init; }

    /// <summary>The tokens that this process learned in a second; null where nothing was left to learn.</summary>
    public double? TokensPerSecond { get; init; }

    /// <summary>The longest gradient of all parameters in any step, before it is shortened; null where workers share the levels.</summary>
    public double? LongestGradient { get; init; }

    public required IReadOnlyDictionary<string, long> BytesUp { get; init; }

    public required IReadOnlyDictionary<string, long> BytesDown { get; init; }

    public required IReadOnlyDictionary<string, long> Versions { get; init; }

    /// <summary>How long this process took, measuring and saving included.</summary>
    public double Seconds { get; init; }

    /// <summary>Where it was computed.</summary>
    public string Backend { get; init; } = "";

    public required SequenceSettings Settings { get; init; }

    public required SequenceTrainingSettings Training { get; init; }

    /// <summary>How the workers share the levels; null for a run without workers.</summary>
    public SequenceTiers? Tiers { get; init; }

    public required IReadOnlyList<SequenceLevel> Levels { get; init; }

    public required IReadOnlyList<SequencePoint> Curve { get; init; }

    public static SequenceReport Of(SequenceRunOptions options, SequenceText text, IReadOnlyList<SequenceLevel> levels, IReadOnlyList<SequencePoint> curve)
    {
        long held = text.Held.Length - 1;
        return new SequenceReport
        {
            Model = options.Name,
            Parameters = levels.Sum(level => level.Parameters),
            Tokens = options.Training.Steps * options.Training.Batch * options.Training.Length,
            Workers = options.Tiers?.Workers ?? 1,
            Steps = options.Training.Steps,
            TrainLoss = curve[^1].TrainingLoss,
            ValidationLoss = curve[^1].ValidationLoss,
            BitsPerByte = new TextScore(held, text.Tokenizer.CountBytes(text.Held.Span[1..]), curve[^1].ValidationLoss * held).BitsPerByte,
            BytesUp = levels.ToDictionary(level => level.Name, level => level.BytesUp),
            BytesDown = levels.ToDictionary(level => level.Name, level => level.BytesDown),
            Versions = levels.ToDictionary(level => level.Name, level => level.Version),
            Settings = options.Model,
            Training = options.Training,
            Tiers = options.Tiers,
            Levels = levels,
            Curve = curve,
        };
    }

    public string ToJson() => JsonSerializer.Serialize(this, SequenceReportJson.Default.SequenceReport);
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SequenceReport))]
[JsonSerializable(typeof(SequenceFingerprint))]
internal sealed partial class SequenceReportJson : JsonSerializerContext;
