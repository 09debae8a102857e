using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Silo.Tests.Processes;

/// <summary>Events and questions for a small model, over HTTP.</summary>
internal static class Learner
{
    public static readonly ModelId Model = new("small");
    public static readonly SourceId Source = new("test");

    private static readonly ClassifierSpec Spec = new() { Features = 64, Period = 50, PeriodGrowth = 0 };

    /// <summary>So many that every silo holds some of their memories.</summary>
    public static IReadOnlyList<MemoryAddress> Tenants { get; } =
        [.. Enumerable.Range(1, 8).Select(i => new MemoryAddress(Model, new TenantId($"tenant-{i}")))];

    /// <summary>A client of a process, where the model is.</summary>
    public static async Task<HttpLearningCluster> ConnectAsync(Uri url)
    {
        HttpLearningCluster cluster = HttpLearningCluster.Connect(url);
        await CreateModelAsync(cluster);
        return cluster;
    }

    public static ValueTask CreateModelAsync(HttpLearningCluster cluster) => cluster.CreateModelAsync(Model, Spec, new RoundPolicy(), default);

    public static TextInput Input(int i) => new($"word{i % 3} other{i % 5}");

    /// <summary>Teaches one memory events from a sequence number on.</summary>
    public static async Task FeedAsync(HttpLearningCluster cluster, MemoryAddress memory, int first, int count)
    {
        foreach (int[] numbers in Enumerable.Range(first, count).Chunk(20))
        {
            LearningEvent[] events = [.. numbers.Select(i => new LearningEvent(i, Input(i), $"class-{i % 3}"))];
            await cluster.FeedAsync(memory, Source, events, default);
        }
    }

    /// <summary>Teaches all tenants the same, and waits until it is durable.</summary>
    public static async Task FeedTenantsAsync(HttpLearningCluster cluster, int first, int count) =>
        await Parallel.ForEachAsync(Tenants, async (tenant, _) =>
        {
            await FeedAsync(cluster, tenant, first, count);
            await cluster.FlushAsync(tenant, Source, default);
        });

    /// <summary>The events in the shared level.</summary>
    public static async Task<long> LearnedAsync(HttpLearningCluster cluster) =>
        Assert.Single(await cluster.GetLevelsAsync(Model, default)).Events;
}
