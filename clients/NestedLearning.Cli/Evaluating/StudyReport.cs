using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Cli.Rendering;
using NestedLearning.Models;
using Spectre.Console;

namespace NestedLearning.Cli.Evaluating;

/// <summary>How well one model does one task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Length">The tokens of a stream.</param>
/// <param name="Model">The model.</param>
/// <param name="Accuracy">The share of right answers.</param>
/// <param name="Chance">The accuracy of the best guess of one who has not read the stream.</param>
/// <param name="Answers">How many answers there were.</param>
internal sealed record StudyResult(string Task, int Length, string Model, double Accuracy, double Chance, long Answers)
{
    /// <summary>The parameters of the model.</summary>
    public required long Parameters { get; init; }

    /// <summary>The loss in the last steps of training, in nats a token of an answer; null where it was not trained for the task.</summary>
    public required double? TrainingLoss { get; init; }
}

/// <summary>The result of <c>nl eval recall</c>, <c>formal</c> and <c>needle</c>.</summary>
internal sealed record StudyReport(SequenceTrainingSettings Training, IReadOnlyList<StudyResult> Results) : IReport
{
    public string ToJson() => JsonSerializer.Serialize(this, StudyReportJson.Default.StudyReport);

    /// <summary>Writes a row for each task and length, a column for each model.</summary>
    public void Write(IAnsiConsole console)
    {
        string[] models = [.. Results.Select(result => result.Model).Distinct()];
        Table table = new() { Border = TableBorder.Simple, Title = new TableTitle("Right answers, %") };
        table.AddColumn("Task");
        table.AddColumn(new TableColumn("Tokens").RightAligned());
        table.AddColumn(new TableColumn("Chance").RightAligned());
        foreach (string model in models)
        {
            table.AddColumn(new TableColumn(Markup.Escape(model)).RightAligned());
        }

        foreach (IGrouping<(string Task, int Length, double Chance), StudyResult> row in Results.GroupBy(result => (result.Task, result.Length, result.Chance)))
        {
            table.AddRow([row.Key.Task, Figures.Count(row.Key.Length), Figures.Percent(row.Key.Chance), .. models.Select(model => Figures.Percent(row.FirstOrDefault(result => result.Model == model)?.Accuracy))]);
        }

        console.Write(table);
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StudyReport))]
[JsonSerializable(typeof(TextReport))]
[JsonSerializable(typeof(LanguagesReport))]
[JsonSerializable(typeof(ClassesReport))]
internal sealed partial class StudyReportJson : JsonSerializerContext;
