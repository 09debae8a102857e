using NestedLearning.Cli.Rendering;
using NestedLearning.Models;
using Spectre.Console;

namespace NestedLearning.Cli.Training;

/// <summary>Shows what came out of one stream, or of the same stream with several seeds.</summary>
internal sealed class ClassifierPresentation(IAnsiConsole console)
{
    /// <summary>The baseline drawn beside ours: the plainest online learner.</summary>
    private const string PlotPeer = "softmax";

    /// <summary>Writes tables and the heat map; figures over several seeds are means.</summary>
    public void Show(IReadOnlyList<ClassifierOutcome> outcomes)
    {
        ClassifierOutcome first = outcomes[0];
        ClassifierReport report = first.ToReport();
        console.WriteLine(
            $"{Size(report)}, {Number(report.Workers, "memory", "memories")} over one shared level; each event was seen once.");
        AccuracyHeatMap.Write(console, Grid("Nested model", report.Tasks, first.Result.Accuracy));
        ComparisonTable.Write(console, Scores(outcomes));
        ShowFigures(report);
        if (Spread(outcomes) is { } spread)
        {
            console.WriteLine(
                $"Over {spread.Seeds} seeds: final accuracy {Figures.Percent(spread.FinalAccuracyMean, 2)} ± {Figures.Percent(spread.FinalAccuracyDeviation, 2)}, average forgetting {Figures.Percent(spread.AverageForgettingMean, 2)} ± {Figures.Percent(spread.AverageForgettingDeviation, 2)}.");
        }
    }

    /// <summary>Writes what came of a run whose data this process did not read.</summary>
    public void Show(ClassifierReport report)
    {
        console.WriteLine($"{Size(report)}, learned by {Number(report.Workers, "worker", "workers")} of the server; each event was seen once.");
        if (report.FinalAccuracy is { } accuracy)
        {
            AccuracyHeatMap.Write(console, new AccuracyGrid("Nested model", report.Tasks, report.AccuracyMatrix));
            ComparisonTable.Write(console, [new ModelScore("nested", accuracy, report.AverageForgetting, IsOurs: true)]);
        }

        ShowFigures(report);
    }

    /// <summary>Writes the files that were asked for, whole: what is learned by now is not given up to a late Ctrl+C.</summary>
    public async Task WriteAsync(
        IReadOnlyList<ClassifierOutcome> outcomes, FileInfo? json, FileInfo? plot)
    {
        ClassifierOutcome first = outcomes[0];
        ClassifierReport report = first.ToReport();
        if (json is not null)
        {
            await File.WriteAllTextAsync(json.FullName, (report with { Spread = Spread(outcomes) }).ToJson() + "\n");
        }

        if (plot is not null)
        {
            List<AccuracyGrid> grids = [Grid("Nested model", report.Tasks, first.Result.Accuracy)];
            if (first.Baselines.FirstOrDefault(baseline => baseline.Name == PlotPeer)?.Accuracy is { } peer)
            {
                grids.Add(Grid("Online softmax, the same stream", report.Tasks, peer));
            }

            await File.WriteAllTextAsync(plot.FullName, HeatMapSvg.Draw($"{Size(report)}, one pass", grids));
        }
    }

    private static string Size(ClassifierReport report) =>
        $"{Number(report.Events, "event", "events")}, {Number(report.Classes, "class", "classes")}, {Number(report.Tasks.Count, "task", "tasks")}";

    private static string Number(long count, string one, string many) => $"{Figures.Count(count)} {(count == 1 ? one : many)}";

    private static AccuracyGrid Grid(string title, IReadOnlyList<string> tasks, AccuracyMatrix matrix) =>
        new(title, tasks, matrix.ToRows());

    private static IEnumerable<ModelScore> Scores(IReadOnlyList<ClassifierOutcome> outcomes)
    {
        yield return new ModelScore(
            "nested",
            outcomes.Average(outcome => outcome.Result.Accuracy.FinalAccuracy),
            outcomes.Average(outcome => outcome.Result.Accuracy.AverageForgetting),
            IsOurs: true);
        foreach (IGrouping<string, BaselineResult> runs in outcomes.SelectMany(outcome => outcome.Baselines).GroupBy(run => run.Name))
        {
            yield return new ModelScore(
                runs.Key, runs.Average(run => run.FinalAccuracy), runs.Average(run => run.AverageForgetting));
        }
    }

    private static SpreadReport? Spread(IReadOnlyList<ClassifierOutcome> outcomes)
    {
        if (outcomes.Count == 1)
        {
            return null;
        }

        SeedSpread accuracy = SeedSpread.Of([.. outcomes.Select(outcome => outcome.Result.Accuracy.FinalAccuracy)]);
        SeedSpread forgetting = SeedSpread.Of([.. outcomes.Select(outcome => outcome.Result.Accuracy.AverageForgetting)]);
        return new SpreadReport(
            outcomes.Count,
            accuracy.Mean,
            accuracy.StandardDeviation.GetValueOrDefault(),
            forgetting.Mean,
            forgetting.StandardDeviation.GetValueOrDefault());
    }

    private void ShowFigures(ClassifierReport report)
    {
        console.WriteLine($"{Figures.Percent(report.PrequentialAccuracy)} % of the events were predicted correctly before they were learned.");
        console.WriteLine(
            $"Version {report.Versions.Values.Single()} of the shared level holds {Number(report.Events, "event", "events")}; up {Figures.Bytes(report.BytesUp)} ({report.BytesUpPerEvent:F0} bytes an event), down {Figures.Bytes(report.BytesDown)}.");
        console.WriteLine(
            $"{Figures.Count((long)report.EventsPerSecond)} events a second with folds, {Figures.Count((long)report.FastPathEventsPerSecond)} in hashing, predicting and learning alone.");
    }
}
