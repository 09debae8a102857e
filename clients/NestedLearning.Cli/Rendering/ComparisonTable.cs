using Spectre.Console;

namespace NestedLearning.Cli.Rendering;

/// <summary>Shows the nested model against its baselines.</summary>
internal static class ComparisonTable
{
    /// <summary>Writes a row for each model, in the given order; ours stands out.</summary>
    public static void Write(IAnsiConsole console, IEnumerable<ModelScore> scores)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn("Model");
        table.AddColumn(new TableColumn("Final accuracy, %").RightAligned());
        table.AddColumn(new TableColumn("Average forgetting, %").RightAligned());
        foreach (ModelScore score in scores)
        {
            Style style = score.IsOurs ? new Style(Color.Green, decoration: Decoration.Bold) : Style.Plain;
            table.AddRow(
                new Text(score.IsOurs ? $"> {score.Model}" : $"  {score.Model}", style),
                new Text(Figures.Percent(score.FinalAccuracy), style),
                new Text(Figures.Percent(score.AverageForgetting), style));
        }

        console.Write(table);
    }
}
