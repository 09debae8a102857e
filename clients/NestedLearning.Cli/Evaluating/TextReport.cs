using System.Text.Json;
using NestedLearning.Cli.Rendering;
using NestedLearning.Models;
using Spectre.Console;

namespace NestedLearning.Cli.Evaluating;

/// <summary>How well a model expects a text.</summary>
internal sealed record TextResult(string Model, double Loss, double Perplexity, double BitsPerByte)
{
    public static TextResult Of(string model, TextScore score) => new(model, score.Loss, score.Perplexity, score.BitsPerByte);
}

/// <summary>The result of <c>nl eval text</c>: the model, then what it is compared with.</summary>
internal sealed record TextReport(long Tokens, long Bytes, IReadOnlyList<TextResult> Results)
{
    public string ToJson() => JsonSerializer.Serialize(this, StudyReportJson.Default.TextReport);

    /// <summary>Writes a row for each model.</summary>
    public void Write(IAnsiConsole console)
    {
        Table table = new() { Border = TableBorder.Simple, Title = new TableTitle(FormattableString.Invariant($"{Figures.Count(Tokens)} tokens, {Figures.Count(Bytes)} bytes")) };
        table.AddColumn("Model");
        table.AddColumn(new TableColumn("Loss, nats a token").RightAligned());
        table.AddColumn(new TableColumn("Perplexity").RightAligned());
        table.AddColumn(new TableColumn("Bits a byte").RightAligned());
        foreach (TextResult result in Results)
        {
            table.AddRow(
                Markup.Escape(result.Model),
                FormattableString.Invariant($"{result.Loss:F4}"),
                FormattableString.Invariant($"{result.Perplexity:F2}"),
                FormattableString.Invariant($"{result.BitsPerByte:F3}"));
        }

        console.Write(table);
    }
}
