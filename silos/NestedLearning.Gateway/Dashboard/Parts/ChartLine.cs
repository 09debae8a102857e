using System.Text;

namespace NestedLearning.Gateway.Dashboard.Parts;

/// <summary>A place on a line: across and up, both 0 to 1.</summary>
/// <param name="X">From the left to the right.</param>
/// <param name="Y">From the bottom to the top; null for a gap.</param>
public readonly record struct ChartPoint(double X, double? Y);

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is, for the legend.</param>
/// <param name="Tone">Which of the chart's colours it has, from 1.</param>
/// <param name="Points">Its places, from left to right.</param>
public sealed record ChartLine(string Name, int Tone, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>The line in a drawing of 100 by 100.</summary>
    public string Path()
    {
        StringBuilder path = new();
        bool isDrawing = false;
        foreach (ChartPoint point in Points)
        {
            if (point.Y is { } y)
            {
                path.Append(isDrawing ? 'L' : 'M').Append(Figures.Place(100 * point.X)).Append(' ').Append(Figures.Place(100 * (1 - y)));
            }

            isDrawing = point.Y is not null;
        }

        return path.ToString();
    }

    /// <summary>The area below a line without gaps.</summary>
    public string Area() => Points is [{ } first, .., { } last] && Points.All(point => point.Y is not null)
        ? $"{Path()}L{Figures.Place(100 * last.X)} 100L{Figures.Place(100 * first.X)} 100Z"
        : "";

    /// <summary>A point at the end of the line: nothing long, with round ends.</summary>
    public string End() => Points.LastOrDefault(point => point.Y is not null) is { Y: { } y } end
        ? $"M{Figures.Place(100 * end.X)} {Figures.Place(100 * (1 - y))}h0"
        : "";
}
