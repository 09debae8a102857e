namespace NestedLearning.Gateway.Dashboard.Parts;

/// <summary>Lines, and what their heights stand for.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Ticks">The lines across.</param>
public sealed record Chart(IReadOnlyList<ChartLine> Lines, IReadOnlyList<ChartTick> Ticks)
{
    /// <summary>Values of a measure, each at its place from left to right, on one axis.</summary>
    public static Chart Of(Measure measure, params (string Name, IReadOnlyList<(double X, double? Value)> Values)[] lines)
    {
        (double top, IReadOnlyList<ChartTick> ticks) = measure.Axis(lines.SelectMany(line => line.Values).Select(point => point.Value));
        return new Chart(
            [.. lines.Select((line, i) => new ChartLine(line.Name, i + 1, [.. line.Values.Select(point => new ChartPoint(point.X, point.Value / top))]))],
            ticks);
    }
}
