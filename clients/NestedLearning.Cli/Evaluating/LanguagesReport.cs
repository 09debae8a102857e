using System.Text.Json;
using NestedLearning.Cli.Rendering;
using NestedLearning.Models;
using Spectre.Console;

namespace NestedLearning.Cli.Evaluating;

/// <summary>What one model made of languages one after the other.</summary>
/// <param name="Model">The model.</param>
/// <param name="Way">What was done against forgetting.</param>
/// <param name="BitsPerByte">[i][j]: language i after language j was learned, null where j is before i.</param>
/// <param name="WhenLearned">The mean of each just after it was learned.</param>
/// <param name="InTheEnd">The mean of all in the end.</param>
/// <param name="AverageForgetting">The mean over all but the last of how much more each costs in the end than at its best.</param>
internal sealed record LanguagesResult(
    string Model, string Way, IReadOnlyList<IReadOnlyList<double?>> BitsPerByte, double WhenLearned, double InTheEnd, double AverageForgetting);

/// <summary>The result of <c>nl eval languages</c>.</summary>
internal sealed record LanguagesReport(IReadOnlyList<string> Languages, SequenceTrainingSettings Training, IReadOnlyList<LanguagesResult> Results) : IReport
{
    public string ToJson() => JsonSerializer.Serialize(this, StudyReportJson.Default.LanguagesReport);

    /// <summary>Writes each matrix, then a row for each model and way.</summary>
    public void Write(IAnsiConsole console)
    {
        foreach (LanguagesResult result in Results)
        {
            console.Write(Matrix(result));
        }

        Table table = new() { Border = TableBorder.Simple, Title = new TableTitle("Bits a byte") };
        table.AddColumns("Model", "Way");
        foreach (string column in new[] { "When learned", "In the end", "Forgetting" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (LanguagesResult result in Results)
        {
            table.AddRow(Markup.Escape(result.Model), result.Way, Bits(result.WhenLearned), Bits(result.InTheEnd), Bits(result.AverageForgetting));
        }

        console.Write(table);
    }

    private Table Matrix(LanguagesResult result)
    {
        Table table = new() { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape($"Bits a byte: {result.Model}, {result.Way}")) };
        table.AddColumn("Language");
        foreach (string language in Languages)
        {
            table.AddColumn(new TableColumn(Markup.Escape($"after {language}")).RightAligned());
        }

        foreach ((string language, IReadOnlyList<double?> row) in Languages.Zip(result.BitsPerByte))
        {
            table.AddRow([Markup.Escape(language), .. row.Select(Bits)]);
        }

        return table;
    }

    private static string Bits(double? bits) => bits is { } value ? FormattableString.Invariant($"{value:F3}") : Figures.None;
}
