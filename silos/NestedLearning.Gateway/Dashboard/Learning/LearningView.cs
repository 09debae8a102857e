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
public sealed record LearningView(ModelLook Look, IReadOnlyList<LevelGrowth> Levels, IReadOnlyList<Evaluations> Evaluations)
{
    /// <summary>The name of the figure that evaluations count.</summary>
    public const string AccuracyFigure = "accuracy";

    /// <summary>The accuracy of each slice, and of all up to it.</summary>
    public IReadOnlyList<ChartLine> Curves()
    {
        List<ChartPoint> slices = [];
        List<ChartPoint> running = [];
        Score sum = default;
        foreach (Score slice in Look.Slices)
        {
            sum += slice;
            double x = (double)sum.Learned / Look.Total.Learned;
            slices.Add(new ChartPoint(x, slice.Accuracy));
            running.Add(new ChartPoint(x, sum.Accuracy));
        }

        return [new ChartLine("in each slice of the stream", 1, slices), new ChartLine("from the beginning", 2, running)];
    }

    /// <summary>The accuracy that each evaluation found, over time.</summary>
    public static IReadOnlyList<ChartLine> CurveOf(Evaluations evaluations) =>
    [
        new ChartLine(evaluations.Schedule, 1,
            Spread(evaluations.Runs, run => run.Started, run => run.Figures[AccuracyFigure])),
    ];

    /// <summary>The events in the versions of each level, over time.</summary>
    public static IReadOnlyList<ChartLine> CurveOf(LevelGrowth level, double top) =>
        [new ChartLine(level.Level, 3, Spread(level.Entries, entry => entry.At, entry => entry.Events / top))];

    private static IReadOnlyList<ChartPoint> Spread<T>(IReadOnlyList<T> items, Func<T, DateTimeOffset> at, Func<T, double> height)
    {
        DateTimeOffset first = at(items[0]);
        double span = Math.Max(1, (at(items[^1]) - first).Ticks);
        return [.. items.Select(item => new ChartPoint(items.Count == 1 ? 1 : (at(item) - first).Ticks / span, height(item)))];
    }
}
