using System.Globalization;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Rendering;

/// <summary>The versions of a level as a table; all times are in UTC.</summary>
internal static class VersionTables
{
    public static Table Versions(IReadOnlyList<VersionRecord> versions)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("Version", "Made", "Outcome", "Events", "Sources", "Gate", "Back to");
        foreach (VersionRecord version in versions)
        {
            LineageEntry entry = version.Entry;
            string[] cells =
            [
                Figures.Count(entry.Version) + (version.IsCurrent ? " *" : ""),
                ScheduleTables.Time(entry.At),
                Outcome(version),
                Figures.Count(entry.Events),
                Figures.Count(entry.Sources.Count) + (entry.LeftOut.Count > 0 ? $", {Figures.Count(entry.LeftOut.Count)} left out" : ""),
                entry.Gate is { } gate ? Gate(gate) : Figures.None,
                version.CanGoBackTo ? "yes" : Figures.None,
            ];
            table.AddRow(Array.ConvertAll(cells, cell => new Text(cell)));
        }

        return table;
    }

    private static string Gate(GateVerdict gate)
    {
        string probes = string.Create(CultureInfo.InvariantCulture, $"{gate.ParentRight} -> {gate.CandidateRight} of {gate.Probes}");
        return gate.Agreement is { } agreement ? string.Create(CultureInfo.InvariantCulture, $"{probes}, agreement {agreement:f2}") : probes;
    }

    private static string Outcome(VersionRecord version)
    {
        string outcome = version.Entry.Outcome switch
        {
            FoldOutcome.RolledBack => $"rolled back to {version.Entry.Of}",
            FoldOutcome.Replayed => $"replayed {version.Entry.Of}",
            FoldOutcome other => other.ToString().ToLowerInvariant(),
        };
        return version.IsInQuarantine ? $"{outcome}, quarantine" : outcome;
    }
}
