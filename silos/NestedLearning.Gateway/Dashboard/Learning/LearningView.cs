using NestedLearning.Gateway.Dashboard.Parts;
using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Learning;

/// <summary>The evaluations of a schedule, oldest first.</summary>
/// <param name="Schedule">Its name.</param>
/// <param name="Runs">Those that had something to count.</param>
public sealed record Evaluations(string Schedule, IReadOnlyList<ScheduleRun> Runs);

/// <summary>The versions of a level, oldest first.</summary>
/// <param name="Level">Its name.</param>
/// <param name="Entries">Where they came from.</param>
public sealed record LevelGrowth(string Level, IReadOnlyList<LineageEntry> Entries);

/// <summary>How a model learns.</summary>
/// <param name="Look">What passed through this process.</param>
/// <param name="Levels">What the levels keep of it.</param>
/// <param name="Evaluations">What schedules keep of it.</param>
/// <param name="Measure">By what is told how well it knows what it learns.</param>
public sealed record LearningView(ModelLook Look, IReadOnlyList<LevelGrowth> Levels, IReadOnlyList<Evaluations> Evaluations, Measure Measure)
{
    /// <summary>What will be seen where there is nothing yet.</summary>
    public string EmptyText => Measure.Figure == EvaluationFigures.Accuracy
        ? "The curve begins with the first events."
        : "A sequence model has no right answers to count: the curve shows what its texts and tokens cost it just before it learns them, and falls as it learns.";

    /// <summary>What each slice was known, and all up to it.</summary>
    public Chart Curves()
    {
        List<(double X, double? Value)> slices = [];
        List<(double X, double? Value)> running = [];
        Score sum = default;
        foreach (Score slice in Look.Slices)
        {
            sum += slice;
            double x = (double)sum.Learned / Look.Total.Learned;
            slices.Add((x, Measure.ValueOf(slice)));
            running.Add((x, Measure.ValueOf(sum)));
        }

        return Chart.Of(Measure, ("in each slice of the stream", slices), ("from the beginning", running));
    }

    /// <summary>What each evaluation found, over time.</summary>
    public Chart CurveOf(Evaluations evaluations) =>
        Chart.Of(Measure, (evaluations.Schedule, Spread(evaluations.Runs, run => run.Started, run => run.Figures[Measure.Figure])));

    /// <summary>The events in the versions of each level, over time.</summary>
    public static Chart CurveOf(LevelGrowth level)
    {
        (double top, IReadOnlyList<ChartTick> ticks) = ChartTick.Counts(level.Entries.Max(entry => entry.Events));
        IReadOnlyList<(double X, double? Value)> points = Spread(level.Entries, entry => entry.At, entry => entry.Events);
        return new Chart([new ChartLine(level.Level, 3, [.. points.Select(point => new ChartPoint(point.X, point.Value / top))])], ticks);
    }

    private static IReadOnlyList<(double X, double? Value)> Spread<T>(IReadOnlyList<T> items, Func<T, DateTimeOffset> at, Func<T, double> value)
    {
        DateTimeOffset first = at(items[0]);
        double span = Math.Max(1, (at(items[^1]) - first).Ticks);
        return [.. items.Select(item => (items.Count == 1 ? 1 : (at(item) - first).Ticks / span, (double?)value(item)))];
    }
}
