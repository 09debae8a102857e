using NestedLearning.Gateway.Dashboard.Parts;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Schedules;

/// <summary>A schedule and the records of its runs.</summary>
/// <param name="Status">What it does, and when next.</param>
/// <param name="Runs">Its last runs, newest first.</param>
public sealed record ScheduleLook(ScheduleStatus Status, IReadOnlyList<ScheduleRun> Runs)
{
    private const int MinCells = 40;

    /// <summary>The runs, oldest first, with room for those to come.</summary>
    public IReadOnlyList<StripCell> Strip()
    {
        IEnumerable<StripCell> runs = Runs.Reverse().Select(run => new StripCell(
            ToneOf(run), $"Run {run.Number}, {Figures.Time(run.Started)} UTC: {ToneOf(run)}. {run.Detail}"));
        return [.. Enumerable.Repeat(new StripCell("heat-none", null), Math.Max(0, MinCells - Runs.Count)), .. runs];
    }

    /// <summary>What became of a run, in a word.</summary>
    public static string ToneOf(ScheduleRun run) => run.Outcome.ToString().ToLowerInvariant();
}

/// <summary>The schedules of a model.</summary>
/// <param name="Schedules">By name; null where the engine has none.</param>
public sealed record SchedulesView(IReadOnlyList<ScheduleLook>? Schedules);
