using NestedLearning.Gateway.Dashboard.Parts;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Forgetting;

/// <summary>A column of the map: a moment at which everything that was known was asked about.</summary>
/// <param name="Label">Its number, from 1.</param>
/// <param name="Title">What happened then.</param>
public sealed record ForgettingColumn(int Label, string Title);

/// <summary>A row of the map: one task, or what one source has taught.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cells">How much of it was known at each column, 0 to 1; null where it was not asked about.</param>
public sealed record ForgettingRow(string Name, IReadOnlyList<double?> Cells)
{
    /// <summary>How much of it is known now; null where it is not asked about any more.</summary>
    public double? Now => Cells[^1];

    /// <summary>The best so far less now; null where it is not asked about any more.</summary>
    public double? Forgotten => Cells.Max() - Now;

    /// <summary>Whether it was asked about before the newest column.</summary>
    public bool HasPast => Cells.SkipLast(1).Any(cell => cell is not null);
}

/// <summary>What is known of each task or source, over time.</summary>
/// <param name="Columns">When it was asked.</param>
/// <param name="Rows">What was asked about, in the order in which it came.</param>
public sealed record ForgettingMap(IReadOnlyList<ForgettingColumn> Columns, IReadOnlyList<ForgettingRow> Rows)
{
    /// <summary>The most columns that are shown: the newest.</summary>
    public const int MaxColumns = 24;

    /// <summary>The mean of what is known now; null for nothing.</summary>
    public double? FinalAccuracy => Rows.Average(row => row.Now);

    /// <summary>The mean of what was forgotten, of the rows that have a past; null for none.</summary>
    public double? AverageForgetting => Rows.Where(row => row.HasPast).Average(row => row.Forgotten);

    /// <summary>The map of a training run, as its workers measured it; null where nothing is measured.</summary>
    public static ForgettingMap? Of(RunProgress? run)
    {
        if (run is not { Measured.Count: > 0 })
        {
            return null;
        }

        // Each worker asks a memory of its own, so a task's questions are answered as often.
        AccuracyMatrix matrix = new([.. run.Tasks.Select(task => task.Tests * run.Workers)]);
        foreach (IReadOnlyList<int> column in run.Measured)
        {
            matrix.Finish(column);
        }

        int[] finished = [.. Enumerable.Range(0, matrix.Finished)];
        return new ForgettingMap(
            [.. finished.Select(after => new ForgettingColumn(after + 1, run.Tasks[after].Name))],
            [.. finished.Select(task => new ForgettingRow(run.Tasks[task].Name, [.. finished.Select(after => matrix[task, after])]))]);
    }

    /// <summary>The map of the evaluations that schedules have recorded; null where none had probes to ask.</summary>
    public static ForgettingMap? Of(IEnumerable<ScheduleRun> runs)
    {
        ScheduleRun[] asked = [.. runs.Where(run => run.Probes is { Count: > 0 }).OrderBy(run => run.Started)];
        if (asked.Length == 0)
        {
            return null;
        }

        string[] sources = [.. asked.SelectMany(run => run.Probes!).Select(probe => probe.Source).Distinct()];
        ScheduleRun[] shown = [.. asked.TakeLast(MaxColumns)];
        return new ForgettingMap(
            [.. shown.Select((run, i) => new ForgettingColumn(i + 1, $"{Figures.Time(run.Started)} UTC"))],
            [
                .. sources
                    .Select(source => new ForgettingRow(source, [.. shown.Select(run => run.Probes!.FirstOrDefault(probe => probe.Source == source)?.Accuracy())]))
                    .Where(row => row.Cells.Any(cell => cell is not null)),
            ]);
    }
}
