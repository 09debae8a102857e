using System.Globalization;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Rendering;

/// <summary>Schedules and their runs as tables; all times are in UTC.</summary>
internal static class ScheduleTables
{
    public static Table Schedules(IReadOnlyList<ScheduleStatus> schedules)
    {
        Table table = Create("Schedule", "Action", "Cron", "Zone", "Next", "Last run", "Outcome");
        foreach (ScheduleStatus schedule in schedules)
        {
            Add(
                table,
                schedule.Spec.Id.Value,
                schedule.Spec.Action.ToString().ToLowerInvariant(),
                schedule.Spec.Cron,
                schedule.Spec.TimeZone,
                Time(schedule.Next),
                Time(schedule.Last?.Started),
                schedule.Last is { } last ? Outcome(last) : Figures.None);
        }

        return table;
    }

    public static Table Runs(IReadOnlyList<ScheduleRun> runs)
    {
        Table table = Create("Planned", "Began", "Took", "Outcome", "Detail");
        foreach (ScheduleRun run in runs)
        {
            string took = run.Ended is { } ended ? Figures.Duration(ended - run.Started) : Figures.None;
            Add(table, Time(run.Planned), Time(run.Started), took, Outcome(run), run.Detail);
        }

        return table;
    }

    /// <summary>A time such as "2026-01-31 03:00:00Z"; a dash for none.</summary>
    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? Figures.None;

    private static string Outcome(ScheduleRun run) => run.Outcome.ToString().ToLowerInvariant();

    private static Table Create(params string[] columns) => new Table { Border = TableBorder.Simple }.AddColumns(columns);

    private static void Add(Table table, params string[] cells) => table.AddRow(Array.ConvertAll(cells, cell => new Text(cell)));
}
