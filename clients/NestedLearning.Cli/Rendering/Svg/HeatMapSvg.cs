using System.Globalization;
using System.Xml.Linq;
using static NestedLearning.Cli.Rendering.SvgElements;

namespace NestedLearning.Cli.Rendering;

/// <summary>
/// Draws one or more accuracy matrices of the same tasks side by side as a standalone SVG with its own background.
/// </summary>
internal static class HeatMapSvg
{
    private const string Ink = "#1f2328";
    private const string Muted = "#59636e";
    private const string Unmeasured = "#f3f4f6";
    private const string Fonts = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, 'DejaVu Sans', sans-serif";

    /// <summary>The picture as the text of an SVG file.</summary>
    /// <param name="title">What the data is, such as "CLINC150, 10 tasks".</param>
    /// <param name="grids">The matrices; at least one, all of the same number of tasks.</param>
    /// <exception cref="ArgumentException">There is no matrix, or their sizes differ.</exception>
    public static string Draw(string title, params IReadOnlyList<AccuracyGrid> grids)
    {
        if (grids.Count == 0 || grids.Any(grid => grid.Count != grids[0].Count))
        {
            throw new ArgumentException("Expected one or more matrices of the same tasks.", nameof(grids));
        }

        SvgLayout layout = new(title, grids);
        XElement picture = Element(
            "svg",
            new XAttribute("width", Number(layout.FullWidth)),
            new XAttribute("height", Number(layout.FullHeight)),
            new XAttribute("viewBox", $"0 0 {Number(layout.FullWidth)} {Number(layout.FullHeight)}"),
            new XAttribute("role", "img"),
            new XAttribute("font-family", Fonts),
            Element("title", Clean(title)),
            Element("desc", "Rows: accuracy on a task. Columns: after learning a task."),
            Background(layout),
            Text(SvgLayout.Margin, SvgLayout.Margin + (SvgLayout.TitleSize / 2), "start", SvgLayout.TitleSize, Ink, title).Bold(),
            grids.Select((grid, map) => Map(grid, map, layout)),
            RowLabels(grids[0].Tasks, layout),
            Legend(layout));
        return new XDocument(picture).ToString() + "\n";
    }

    private static XElement Background(SvgLayout layout)
    {
        XElement background = Rectangle(0.5, 0.5, layout.FullWidth - 1, layout.FullHeight - 1, "#ffffff");
        background.Add(new XAttribute("rx", "10"), new XAttribute("stroke", "#d1d9e0"));
        return background;
    }

    private static XElement Map(AccuracyGrid grid, int map, SvgLayout layout)
    {
        double left = layout.MapLeft(map);
        XElement group = Element(
            "g",
            Text(left, layout.Top - 30, "start", SvgLayout.HeadingSize, Ink, grid.Title).Bold(),
            FinalAccuracy(grid) is { } final
                ? Text(left, layout.Top - 12, "start", SvgLayout.SmallSize, Muted, $"final accuracy {Figures.Percent(final)} %")
                : null);
        for (int task = 0; task < grid.Count; task++)
        {
            for (int after = 0; after < grid.Count; after++)
            {
                group.Add(Cell(grid, task, after, left, layout));
            }
        }

        group.Add(ColumnLabels(grid.Tasks, left, layout));
        return group;
    }

    private static XElement Cell(AccuracyGrid grid, int task, int after, double left, SvgLayout layout)
    {
        double x = left + (after * layout.Cell);
        double y = layout.Top + (task * layout.Cell);
        double line = layout.Cell > 10 ? 1 : 0.5;
        if (grid[task, after] is not { } value)
        {
            return Rectangle(x, y, layout.Cell - line, layout.Cell - line, Unmeasured);
        }

        Rgb color = ColorScale.At(value);
        double half = (layout.Cell - line) / 2;
        return Element(
            "g",
            Element("title", Clean($"{grid.Tasks[task]} after {grid.Tasks[after]}: {Figures.Percent(value)} %")),
            Rectangle(x, y, layout.Cell - line, layout.Cell - line, color.ToString()),
            layout.ShowsValues
                ? Text(
                    x + half,
                    y + half,
                    "middle",
                    layout.ValueSize,
                    color.Readable.ToString(),
                    Figures.Percent(value, layout.ValueDecimals))
                : null);
    }

    private static IEnumerable<XElement> RowLabels(IReadOnlyList<string> tasks, SvgLayout layout)
    {
        for (int task = 0; task < tasks.Count; task += layout.LabelStep)
        {
            double y = layout.Top + ((task + 0.5) * layout.Cell);
            yield return Text(layout.Left - 8, y, "end", layout.LabelSize, Ink, layout.Label(tasks[task]));
        }

        double middle = layout.Top + (layout.Side / 2);
        double x = SvgLayout.Margin + (SvgLayout.SmallSize / 2);
        yield return Text(x, middle, "middle", SvgLayout.SmallSize, Muted, "accuracy on").Turned(-90, x, middle);
    }

    private static IEnumerable<XElement> ColumnLabels(IReadOnlyList<string> tasks, double left, SvgLayout layout)
    {
        double y = layout.Top + layout.Side + 10;
        for (int task = 0; task < tasks.Count; task += layout.LabelStep)
        {
            double x = left + ((task + 0.5) * layout.Cell);
            yield return Text(x, y, "end", layout.LabelSize, Ink, layout.Label(tasks[task])).Turned(-45, x, y);
        }

        double bottom = layout.FullHeight - SvgLayout.Margin;
        yield return Text(left + (layout.Side / 2), bottom, "middle", SvgLayout.SmallSize, Muted, "after learning");
    }

    private static IEnumerable<XElement> Legend(SvgLayout layout)
    {
        const int Stops = 16;
        yield return Element("defs", Element(
            "linearGradient",
            new XAttribute("id", "accuracy"),
            new XAttribute("x1", "0"),
            new XAttribute("y1", "1"),
            new XAttribute("x2", "0"),
            new XAttribute("y2", "0"),
            Enumerable.Range(0, Stops + 1).Select(stop => Element(
                "stop",
                new XAttribute("offset", Number(stop / (double)Stops)),
                new XAttribute("stop-color", ColorScale.At(stop / (double)Stops).ToString())))));

        double x = layout.FullWidth - SvgLayout.Margin - 48;
        yield return Rectangle(x, layout.Top, SvgLayout.LegendBar, SvgLayout.LegendHeight, "url(#accuracy)");
        for (int percent = 0; percent <= 100; percent += 25)
        {
            double y = layout.Top + (SvgLayout.LegendHeight * (1 - (percent / 100.0)));
            string label = string.Create(CultureInfo.InvariantCulture, $"{percent} %");
            yield return Text(x + SvgLayout.LegendBar + 6, y, "start", SvgLayout.SmallSize, Muted, label);
        }
    }

    /// <summary>The mean of the last column; null unless all of it is measured.</summary>
    private static double? FinalAccuracy(AccuracyGrid grid)
    {
        double?[] final = [.. Enumerable.Range(0, grid.Count).Select(task => grid[task, grid.Count - 1])];
        return final.Contains(null) ? null : final.Average();
    }
}
