using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Cli.Rendering;
using NestedLearning.Models;
using Spectre.Console;

namespace NestedLearning.Cli.Training.Sequences;

/// <summary>What was measured after a step; losses in nats a token.</summary>
/// <param name="Step">The step.</param>
/// <param name="TrainingLoss">The mean of the steps since the point before.</param>
/// <param name="ValidationLoss">Over all of the text that is not learned.</param>
internal sealed record SequencePoint(long Step, double TrainingLoss, double ValidationLoss);

/// <summary>The parameters that step together.</summary>
internal sealed record SequenceLevel(int Period, long Parameters, long Steps);

/// <summary>The result of <c>nl train hope</c>.</summary>
internal sealed record SequenceReport(
    SequenceSettings Model, SequenceTrainingSettings Training, IReadOnlyList<SequenceLevel> Levels, IReadOnlyList<SequencePoint> Curve)
{
    /// <summary>The tokens that this process learned in a second; null where nothing was left to learn.</summary>
    public required double? TokensPerSecond { get; init; }

    /// <summary>Bits for each byte of the text that is not learned.</summary>
    public required double BitsPerByte { get; init; }

    /// <summary>Where it was computed.</summary>
    public required string Backend { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, SequenceReportJson.Default.SequenceReport);

    /// <summary>Writes the levels and the curve.</summary>
    public void Write(IAnsiConsole console)
    {
        Table levels = new() { Border = TableBorder.Simple, Title = new TableTitle("Levels") };
        levels.AddColumns(new TableColumn("Period").RightAligned(), new TableColumn("Parameters").RightAligned(), new TableColumn("Steps taken").RightAligned());
        foreach (SequenceLevel level in Levels)
        {
            levels.AddRow(Figures.Count(level.Period), Figures.Count(level.Parameters), Figures.Count(level.Steps));
        }

        Table curve = new() { Border = TableBorder.Simple, Title = new TableTitle("Loss, nats a token") };
        curve.AddColumns(new TableColumn("Step").RightAligned(), new TableColumn("Training").RightAligned(), new TableColumn("Validation").RightAligned());
        foreach (SequencePoint point in Curve)
        {
            curve.AddRow(Figures.Count(point.Step), Loss(point.TrainingLoss), Loss(point.ValidationLoss));
        }

        console.Write(levels);
        console.Write(curve);
        string speed = TokensPerSecond is { } speedNow ? FormattableString.Invariant($" {speedNow:N0} tokens a second on {Backend}.") : "";
        console.WriteLine(FormattableString.Invariant($"Validation: {Curve[^1].ValidationLoss:F4} nats a token, {BitsPerByte:F3} bits a byte.{speed}"));
    }

    private static string Loss(double loss) => FormattableString.Invariant($"{loss:F4}");
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SequenceReport))]
[JsonSerializable(typeof(SequenceFingerprint))]
internal sealed partial class SequenceReportJson : JsonSerializerContext;
