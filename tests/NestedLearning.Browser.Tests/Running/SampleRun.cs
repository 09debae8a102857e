using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Browser.Tests.Running;

/// <summary>
/// A real run: shops that stream one after another into one model, with schedules on the way that evaluate what is known of each; then
/// one sender whose labels are wrong, and a little of everybody.
/// </summary>
internal sealed class SampleRun(RunningGateway gateway)
{
    public const string Poisoner = "mallory";

    private const int EventsPerShop = 300;
    private const string Document = """
        {"spec": {"$kind": "classifier", "features": 1024, "period": 60, "periodGrowth": 0}, "policy": {"gate": {"minProbes": 40}, "forgettable": true}}
        """;

    private readonly Dictionary<int, long> _next = [];

    public static ModelId Model { get; } = new("support");

    public static MemoryAddress Memory(int shop) => new(Model, new TenantId(SampleStream.Shops[shop]));

    public async Task LearnAsync()
    {
        await gateway.CreateAsync(Model, Document);
        await gateway.ScheduleAsync(Model, "daily-check", new { action = "evaluate", cron = "0 6 * * *" });
        await gateway.ScheduleAsync(Model, "nightly", new { action = "consolidate", cron = "0 3 * * *", timeZone = "UTC" });
        await gateway.ScheduleAsync(Model, "weekly-copy", new { action = "snapshot", cron = "0 4 * * SUN", keep = 8 });
        for (int shop = 0; shop < SampleStream.Shops.Count; shop++)
        {
            await FeedAsync(shop, EventsPerShop, TimeSpan.FromSeconds(40));
            await gateway.RunAsync(Model, "nightly");
            await gateway.RunAsync(Model, "daily-check");
        }

        await gateway.RunAsync(Model, "weekly-copy");
        await PoisonAsync();
        await gateway.RunAsync(Model, "daily-check");
        for (int shop = 0; shop < SampleStream.Shops.Count; shop++)
        {
            await FeedAsync(shop, 30, TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Teaches a shop some more.</summary>
    public async Task FeedAsync(int shop, int count, TimeSpan pause)
    {
        long first = _next.GetValueOrDefault(shop, 1);
        _next[shop] = first + count;
        await gateway.FeedAsync(Memory(shop), SampleStream.Events(shop, count, (int)(1000 * shop + first), first), 10, pause);
    }

    /// <summary>The requests of others, with all labels shifted by one.</summary>
    private async Task PoisonAsync()
    {
        LearningEvent[] events =
        [
            .. Enumerable.Range(0, SampleStream.Shops.Count).SelectMany(shop => SampleStream.Events(shop, 30, 77 + shop, (30 * shop) + 1))
                .Select(one => one with { Label = one.Label[..^1] + (((one.Label[^1] - '0') % SampleStream.RequestsPerShop) + 1) }),
        ];
        await gateway.FeedAsync(new MemoryAddress(Model, new TenantId(Poisoner)), events, 10, TimeSpan.FromSeconds(5));
    }
}
