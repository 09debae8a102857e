using System.Globalization;

namespace NestedLearning.Gateway.Dashboard.Parts;

/// <summary>A line across a chart, and what it stands for.</summary>
/// <param name="Y">How high, 0 to 1.</param>
/// <param name="Label">What it stands for.</param>
public readonly record struct ChartTick(double Y, string Label)
{
    /// <summary>Fractions from 0 to 1.</summary>
    public static IReadOnlyList<ChartTick> Percents { get; } =
        [.. new[] { 1, 0.75, 0.5, 0.25, 0 }.Select(value => new ChartTick(value, Figures.WholePercent(value) + "\u00A0%"))];

    /// <summary>What something costs, from 0 to a round number that is at least as large as the largest.</summary>
    public static (double Top, IReadOnlyList<ChartTick> Ticks) Costs(double largest)
    {
        double top = new[] { 0.5, 1, 2, 4, 6, 8, 10, 12, 16 }.FirstOrDefault(value => value >= largest, Math.Ceiling(largest / 8) * 8);
        return (top, [.. new[] { 1, 0.75, 0.5, 0.25, 0 }.Select(part => new ChartTick(part, (part * top).ToString("0.###", CultureInfo.InvariantCulture)))]);
    }

    /// <summary>Whole numbers from 0 to a round one that is at least as large as the largest.</summary>
    public static (double Top, IReadOnlyList<ChartTick> Ticks) Counts(double largest)
    {
        double step = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, largest / 4))));
        double top = new[] { 4, 8, 20, 40 }.Select(times => times * step).First(value => value >= largest || value == 40 * step);
        return (top, [.. new[] { 1, 0.75, 0.5, 0.25, 0 }.Select(part => new ChartTick(part, Figures.Count((long)(part * top))))]);
    }
}
