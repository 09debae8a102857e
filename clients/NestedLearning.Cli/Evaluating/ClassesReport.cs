using System.Text.Json;
using NestedLearning.Cli.Rendering;
using NestedLearning.Models;
using Spectre.Console;

namespace NestedLearning.Cli.Evaluating;

/// <summary>What one learner made of a stream of classes.</summary>
/// <param name="Encoder">What makes the keys of texts, or says the class itself.</param>
/// <param name="Key">What of the encoder is the key, with its length; null where there is none.</param>
/// <param name="Learner">What learns classes.</param>
/// <param name="FinalAccuracy">The mean accuracy over all tasks in the end.</param>
/// <param name="AverageForgetting">The mean over all tasks but the last of what was lost since the best accuracy; null for one that sees all data at once.</param>
/// <param name="AccuracyMatrix">[i][j]: accuracy on task i after task j, null where j is before i; null for one that sees all data at once.</param>
internal sealed record ClassesResult(
    string Encoder, string? Key, string Learner, double FinalAccuracy, double? AverageForgetting, IReadOnlyList<IReadOnlyList<double?>>? AccuracyMatrix)
{
    public static ClassesResult Of(string encoder, string? key, string learner, AccuracyMatrix accuracy) =>
        new(encoder, key, learner, accuracy.FinalAccuracy, accuracy.AverageForgetting, accuracy.ToRows());
}

/// <summary>The result of <c>nl eval classes</c>.</summary>
internal sealed record ClassesReport(
    IReadOnlyList<string> Tasks, int Classes, int Events, double Chance, SequenceTrainingSettings Training, IReadOnlyList<ClassesResult> Results) : IReport
{
    public string ToJson() => JsonSerializer.Serialize(this, StudyReportJson.Default.ClassesReport);

    /// <summary>Writes a row for each encoder, key and learner.</summary>
    public void Write(IAnsiConsole console)
    {
        Table table = new() { Border = TableBorder.Simple, Title = new TableTitle($"{Figures.Count(Events)} events, {Figures.Count(Classes)} classes, {Figures.Count(Tasks.Count)} tasks; chance {Figures.Percent(Chance)} %") };
        table.AddColumns("Encoder", "Key", "Learner");
        table.AddColumn(new TableColumn("Final accuracy, %").RightAligned());
        table.AddColumn(new TableColumn("Average forgetting, %").RightAligned());
        foreach (ClassesResult result in Results)
        {
            table.AddRow(result.Encoder, result.Key ?? Figures.None, result.Learner, Figures.Percent(result.FinalAccuracy), Figures.Percent(result.AverageForgetting));
        }

        console.Write(table);
    }
}
