using System.Globalization;
using NestedLearning.Tiers;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>What the benchmark of tenants measured.</summary>
internal sealed class TenantsReport(TenantsSettings settings)
{
    /// <summary>On the heap, for each tenant that is resident.</summary>
    public long ResidentBytes { get; set; }

    /// <summary>What a memory itself says it occupies.</summary>
    public long PrivateBytes { get; set; }

    /// <summary>On the heap, for each tenant that left and has sent nothing up.</summary>
    public long IdleBytes { get; set; }

    /// <summary>On the heap, for each tenant that left after all that it learned was folded: the level's mark of it included.</summary>
    public long FlushedBytes { get; set; }

    /// <summary>In the store, for each tenant with all its events in its own memory.</summary>
    public long SavedBytes { get; set; }

    public TimeSpan FirstPass { get; set; }

    public TimeSpan SecondPass { get; set; }

    public TimeSpan Flushing { get; set; }

    public TimeSpan Checking { get; set; }

    /// <summary>Calls of the second pass: nearly every one brings its tenant back and lets another one go.</summary>
    public Latencies Fed { get; } = new();

    public Latencies AskedIdle { get; } = new();

    public Latencies AskedResident { get; } = new();

    /// <summary>New tenants of a model that has hardly any.</summary>
    public NewTenantTimes FirstOfModel { get; } = new();

    /// <summary>New tenants of the model with all the others.</summary>
    public NewTenantTimes Later { get; } = new();

    public LevelStatus? Level { get; set; }

    /// <exception cref="InvalidOperationException">The level has not all events.</exception>
    public void Write()
    {
        long events = 2L * settings.Tenants * settings.Events;
        if (Level!.Events != events)
        {
            throw new InvalidOperationException($"The level has {Level.Events} events, expected are {events}.");
        }

        Row("tenants, resident at most", $"{settings.Tenants:N0}, {settings.Resident:N0}");
        Row("features, events per tenant", $"{settings.Features:N0}, {2 * settings.Events}");
        Row("heap per resident tenant", $"{ResidentBytes:N0} B, of which private state {PrivateBytes:N0} B");
        Row("heap per idle tenant", $"{IdleBytes:N0} B; {FlushedBytes:N0} B once the level knows it");
        Row("saved per idle tenant", $"{SavedBytes:N0} B");
        Row("question to an idle tenant, one at a time", Times(AskedIdle));
        Row("the same to a resident one", Times(AskedResident));
        Row($"feeding with {settings.Callers} callers, tenants coming back", Times(Fed));
        Row("events a second, first pass", $"{events / 2 / FirstPass.TotalSeconds:N0}");
        Row("events a second, second pass", $"{events / 2 / SecondPass.TotalSeconds:N0}");
        Row($"flushing all, rounds of {settings.Contributors:N0}", $"{Flushing.TotalSeconds:N0} s, {Level.Version} versions");
        Row("checking all", $"{Checking.TotalSeconds:N0} s: each has its {2 * settings.Events} events once, the level has {Level.Events:N0}");
        WriteNew("of a model with few", FirstOfModel);
        WriteNew($"of one with {settings.Tenants:N0}", Later);
        Row("peak of the process", $"{ProcessMemory.PeakResident() / (1024.0 * 1024):N0} MiB");
    }

    private static void WriteNew(string which, NewTenantTimes times)
    {
        Row($"new tenant {which}: question", Times(times.Question));
        Row($"new tenant {which}: event after that, named", Times(times.EventAfterQuestion));
        Row($"new tenant {which}: the next event", Times(times.LaterEvent));
        Row($"new tenant {which}: event as the first call", Times(times.Event));
    }

    private static void Row(string what, FormattableString value) =>
        Console.WriteLine($"| {what} | {value.ToString(CultureInfo.InvariantCulture)} |");

    private static FormattableString Times(Latencies latencies) =>
        $"p50 {latencies.Median.TotalMilliseconds:F2} ms, p99 {latencies.Quantile(0.99).TotalMilliseconds:F2} ms";
}
