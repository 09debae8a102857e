using Spectre.Console;

namespace NestedLearning.Cli.Rendering;

/// <summary>Shows an accuracy matrix in a terminal; the figures make it readable without colours, too.</summary>
internal static class AccuracyHeatMap
{
    private static readonly Style Faint = new(decoration: Decoration.Dim);

    /// <summary>Writes the title, a line of column numbers, a row for each task, and what the figures mean.</summary>
    public static void Write(IAnsiConsole console, AccuracyGrid grid)
    {
        HeatMapFormat format = HeatMapFormat.Choose(grid, console.Profile.Width);
        console.Write(new Text(grid.Title + Environment.NewLine, new Style(decoration: Decoration.Bold)));
        Paragraph map = new();
        map.Append(new string(' ', format.LabelWidth));
        foreach (int column in format.Columns(grid.Count))
        {
            map.Append(format.Header(column), Faint);
        }

        for (int task = 0; task < grid.Count; task++)
        {
            map.Append(Environment.NewLine + format.RowLabel(task, grid.Tasks[task]));
            AppendRow(map, grid, task, format);
        }

        console.Write(map);
        console.WriteLine();
        console.Write(new Text(
            "Accuracy in percent on the row's task, after learning the column's." + Environment.NewLine, Faint));
        if (format.Legend is { } legend)
        {
            console.Write(new Text(legend + Environment.NewLine, Faint));
        }
    }

    private static void AppendRow(Paragraph map, AccuracyGrid grid, int task, HeatMapFormat format)
    {
        foreach (int column in format.Columns(grid.Count))
        {
            double? value = grid[task, column];
            map.Append(format.Cell(value), value is { } accuracy ? CellStyle(accuracy) : Faint);
        }

        if (format.IsCompact)
        {
            map.Append(Figures.Percent(grid[task, grid.Count - 1]).PadLeft(6));
        }
    }

    private static Style CellStyle(double accuracy)
    {
        Rgb color = ColorScale.At(accuracy);
        return new Style(ToColor(color.Readable), ToColor(color));
    }

    private static Color ToColor(Rgb color) => new(color.Red, color.Green, color.Blue);
}
