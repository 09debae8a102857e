using System.Diagnostics;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>
/// Many more tenants than a silo has room for, fed in turn: what one in memory costs, what one that left costs, how long it
/// takes to come back, what a new one costs, and whether each has exactly its events in the end.
/// </summary>
internal sealed class TenantsBenchmark(TenantsSettings settings, ILearningCluster cluster)
{
    private const int Sample = 2_000;
    private const int NewTenants = 400;

    private static readonly ModelId Model = new("tenants");
    private static readonly ModelId Fresh = new("fresh");

    private readonly TenantsReport _report = new(settings);

    public static async Task RunAsync(TenantsSettings settings)
    {
        TenantsReport report;
        await using (OneSilo silo = await OneSilo.StartAsync(settings.Directory, options => options.MaxResidentMemories = settings.Resident))
        {
            report = await new TenantsBenchmark(settings, silo.Cluster).RunAsync();
        }

        report.Write();
    }

    private async Task<TenantsReport> RunAsync()
    {
        ClassifierSpec spec = new() { Features = settings.Features };
        RoundPolicy rounds = new() { MinContributors = settings.Contributors, MaxWait = TimeSpan.FromSeconds(10) };
        await WarmUpAsync(spec);
        await cluster.CreateModelAsync(Fresh, spec, rounds, default);
        await MeasureNewAsync(Fresh, _report.FirstOfModel);
        await cluster.CreateModelAsync(Model, spec, rounds, default);

        long empty = ProcessMemory.Heap();
        TimeSpan first = await FeedAsync(0, settings.Resident, pass: 0, new Latencies());
        long resident = ProcessMemory.Heap();
        _report.ResidentBytes = (resident - empty) / settings.Resident;
        _report.PrivateBytes = await AverageAsync(memory => memory.PrivateBytes);

        TimeSpan others = await FeedAsync(settings.Resident, settings.Tenants, pass: 0, new Latencies());
        _report.IdleBytes = (ProcessMemory.Heap() - resident) / Math.Max(settings.Tenants - settings.Resident, 1);
        _report.FirstPass = first + others;
        _report.SecondPass = await FeedAsync(0, settings.Tenants, pass: 1, _report.Fed);
        _report.SavedBytes = await AverageAsync(memory => memory.SavedBytes);
        await AskAsync();
        _report.Flushing = await TimeAsync(0, settings.Tenants, 2 * settings.Contributors, FlushAsync);
        _report.Checking = await TimeAsync(0, settings.Tenants, settings.Callers, CheckAsync);
        _report.Level = (await cluster.GetLevelsAsync(Model, default)).Single();
        _report.FlushedBytes = (ProcessMemory.Heap() - resident) / Math.Max(settings.Tenants - settings.Resident, 1);
        await MeasureNewAsync(Model, _report.Later);
        return _report;
    }

    /// <summary>
    /// Calls of tenants that were never there, one at a time. A question opens a memory and names nothing; the first event after it has the
    /// memory named; a later one does neither.
    /// </summary>
    private async Task MeasureNewAsync(ModelId model, NewTenantTimes times)
    {
        for (int tenant = 0; tenant < NewTenants; tenant++)
        {
            MemoryAddress asked = new(model, new TenantId($"asked-{tenant}"));
            LearningEvent[] events = TenantStream.Events(tenant, 0, 2);
            await times.Question.MeasureAsync(() => cluster.PredictAsync(asked, [events[0].Input], default));
            await times.EventAfterQuestion.MeasureAsync(() => cluster.FeedAsync(asked, TenantStream.Source, events[..1], default));
            await times.LaterEvent.MeasureAsync(() => cluster.FeedAsync(asked, TenantStream.Source, events[1..], default));
            MemoryAddress fed = new(model, new TenantId($"fed-{tenant}"));
            await times.Event.MeasureAsync(() => cluster.FeedAsync(fed, TenantStream.Source, events[..1], default));
        }
    }

    /// <summary>Lets everything be compiled, on a model of its own.</summary>
    private async Task WarmUpAsync(ModelSpec spec)
    {
        ModelId warm = new("warm");
        await cluster.CreateModelAsync(warm, spec, new RoundPolicy(), default);
        for (int tenant = 0; tenant < 50; tenant++)
        {
            MemoryAddress memory = new(warm, TenantStream.Tenant(tenant));
            await cluster.FeedAsync(memory, TenantStream.Source, TenantStream.Events(tenant, 0, settings.Events), default);
            await cluster.FlushAsync(memory, TenantStream.Source, default);
        }

        await MeasureNewAsync(warm, new NewTenantTimes());
    }

    private Task<TimeSpan> FeedAsync(int from, int to, int pass, Latencies latencies) =>
        TimeAsync(from, to, settings.Callers, async tenant => await latencies.MeasureAsync(() => FeedAsync(tenant, pass)));

    private ValueTask<FeedReceipt> FeedAsync(int tenant, int pass) =>
        cluster.FeedAsync(Memory(tenant), TenantStream.Source, TenantStream.Events(tenant, pass, settings.Events), default);

    private async Task FlushAsync(int tenant) => await cluster.FlushAsync(Memory(tenant), TenantStream.Source, default);

    /// <summary>Asks tenants that left, and each once more while it is here.</summary>
    private async Task AskAsync()
    {
        int idle = settings.Tenants - settings.Resident;
        for (int tenant = 0; tenant < idle; tenant += Math.Max(idle / Sample, 1))
        {
            ModelInput[] question = [TenantStream.Question(tenant)];
            await _report.AskedIdle.MeasureAsync(() => cluster.PredictAsync(Memory(tenant), question, default));
            await _report.AskedResident.MeasureAsync(() => cluster.PredictAsync(Memory(tenant), question, default));
        }
    }

    /// <summary>A batch that was fed before must change nothing, and the tenant must know each of its events once.</summary>
    private async Task CheckAsync(int tenant)
    {
        FeedReceipt again = await FeedAsync(tenant, pass: 1);
        MemoryStatus status = await cluster.GetMemoryAsync(Memory(tenant), default);
        long expected = 2L * settings.Events;
        if (again.Learned != 0 || again.Marks != new Receipt(expected, expected) || status.Learned != expected)
        {
            throw new InvalidOperationException(
                $"{Memory(tenant)} has {status.Learned} events, marks {again.Marks} and learned {again.Learned} again, expected are {expected}.");
        }
    }

    private async Task<long> AverageAsync(Func<MemoryStatus, long> what)
    {
        long sum = 0;
        int count = Math.Min(200, settings.Resident);
        for (int tenant = settings.Resident - count; tenant < settings.Resident; tenant++)
        {
            sum += what(await cluster.GetMemoryAsync(Memory(tenant), default));
        }

        return sum / count;
    }

    private static async Task<TimeSpan> TimeAsync(int from, int to, int callers, Func<int, Task> work)
    {
        long start = Stopwatch.GetTimestamp();
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = callers };
        await Parallel.ForAsync(from, to, parallel, async (tenant, _) => await work(tenant));
        return Stopwatch.GetElapsedTime(start);
    }

    private static MemoryAddress Memory(int tenant) => new(Model, TenantStream.Tenant(tenant));
}
