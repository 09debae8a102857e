using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Cli.Rendering;
using NestedLearning.Simulation;
using Spectre.Console;

namespace NestedLearning.Cli.Simulating;

/// <summary>The result of <c>nl simulate --scale</c>: what was assumed, what was measured, and what follows.</summary>
internal sealed record ScaleReport(ScaleOptions Options, UnitCosts Costs, IReadOnlyList<ScalePlan> Plans)
{
    public string ToJson() => JsonSerializer.Serialize(this, ScaleReportJson.Default.ScaleReport);

    /// <summary>Writes the measured costs, the plans side by side, and the assumptions.</summary>
    public void Write(IAnsiConsole console)
    {
        console.Write(CostTable());
        console.Write(PlanTable());
        console.WriteLine($"""
            Assumed: an even load; one shared level whose owner decodes, folds and saves in turn, on one thread, and as many shards
            as it takes, each on a machine like this one, which add up their parts of a round at once; periods of {Figures.Count(Options.Period)} events, and rounds of all workers; tenants who send every {Figures.Duration(Options.Every)}, spread over it,
            into rounds of {Figures.Duration(Options.Round)}, and of whom {Figures.Count(Options.TenantsPerSilo)} share a silo and its replica; whole versions; saves with
            the marks of all sources, the version, and half of what the journal may grow to; {Options.NetworkBytesPerSecond * 8e-9:F0} Gbit/s for each machine
            and direction. The times are this machine's, now: what others do on it slows them.
            """);
    }

    private Table CostTable()
    {
        Table table = new() { Border = TableBorder.Simple, Title = new TableTitle("Measured on this machine, one thread") };
        table.AddColumns(new TableColumn("Unit"), new TableColumn("Cost").RightAligned());
        table.AddRow("Learn an event", Microseconds(Costs.LearnSecondsPerEvent));
        table.AddRow("Encode an event", Microseconds(Costs.EncodeSecondsPerEvent));
        table.AddRow("Decode an event", Microseconds(Costs.DecodeSecondsPerEvent));
        table.AddRow("Add an event to the level", Microseconds(Costs.AbsorbSecondsPerEvent));
        table.AddRow("Pack an event for a shard", Microseconds(Costs.PackSecondsPerEvent));
        table.AddRow("Add a shard's part to the level", Figures.Duration(TimeSpan.FromSeconds(Costs.AddPartSeconds)));
        table.AddRow("A shard's part", Figures.Bytes(Costs.PartBytes));
        table.AddRow("Solve for the weights", Figures.Duration(TimeSpan.FromSeconds(Costs.SolveSeconds)));
        table.AddRow("An event in an update", $"{Costs.UpdateBytesPerEvent:F0} B");
        table.AddRow("A version", Figures.Bytes(Costs.VersionBytes));
        table.AddRow("A source's mark", $"{Costs.MarkBytes:F1} B");
        table.AddRow("A small save", Figures.Duration(TimeSpan.FromSeconds(Costs.SaveSeconds)));
        table.AddRow("A large save", $"{Figures.Bytes((long)Costs.SaveBytesPerSecond)}/s");
        return table;
    }

    private Table PlanTable()
    {
        Table table = new() { Border = TableBorder.Simple, Title = new TableTitle("Planned") };
        table.AddColumn("");
        foreach (ScalePlan plan in Plans)
        {
            table.AddColumn(new TableColumn(plan.Name).RightAligned());
        }

        Row("Events", plan => Rate(plan.EventsPerSecond));
        Row("Updates", plan => Rate(plan.UpdatesPerSecond));
        Row("Bytes up", plan => $"{Figures.Bytes((long)plan.BytesUpPerSecond)}/s");
        Row("Bytes down, all machines", plan => $"{Figures.Bytes((long)plan.BytesDownPerSecond)}/s");
        Row("Between two folds", plan => Figures.Duration(plan.BetweenFolds));
        Row("Fold", plan => Figures.Duration(plan.FoldTime));
        Row("Save, its bytes", plan => Figures.Bytes((long)plan.BytesPerSave));
        Row("Save", plan => Figures.Duration(plan.SaveTime));
        Row("Staleness, mean", plan => Staleness(plan.Staleness));
        Row("Staleness, longest", plan => Staleness(plan.LongestStaleness));
        Row("Bottleneck", plan => plan.Bottleneck.Resource);
        Row("Used of it, %", plan => Figures.Percent(plan.Bottleneck.Share));
        Row("Shards of the level", plan => Figures.Count(plan.Shards));
        return table;

        void Row(string name, Func<ScalePlan, string> value) => table.AddRow([name, .. Plans.Select(value)]);
    }

    private static string Microseconds(double seconds) => FormattableString.Invariant($"{seconds * 1e6:F1} µs");

    private static string Rate(double perSecond) => FormattableString.Invariant($"{perSecond:N0}/s");

    private static string Staleness(TimeSpan? staleness) => staleness is { } time ? Figures.Duration(time) : "grows for ever";
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScaleReport))]
internal sealed partial class ScaleReportJson : JsonSerializerContext;
