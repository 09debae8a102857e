using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NestedLearning.Grains.Tests.Cluster;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;
using Orleans.Configuration;

namespace NestedLearning.Grains.Tests.Silos;

/// <summary>More tenants than a silo has room for.</summary>
public sealed class ResidencyTests
{
    private const int Room = 4;

    private static readonly ModelId Model = new("m");
    private static readonly SourceId Source = new("client");
    private static readonly ClassifierSpec Spec = new() { Features = 64, Period = 100 };

    private readonly WatchedTierStore _store = new();

    [Fact]
    public async Task Feed_AsManyTenantsAsThereIsRoomFor_NobodyLeaves()
    {
        await using TestTiers tiers = await StartAsync(new RoundPolicy());
        for (int round = 0; round < 5; round++)
        {
            await FeedAllAsync(tiers, Room, round);
        }

        Assert.Equal(Room, ResidentCount(tiers));
        Assert.All(Tenants(Room), tenant => Assert.Equal(0, _store.SavesOf(KeyOf(tenant))));
    }

    [Fact]
    public async Task Feed_OneTenantTooMany_TheOneUsedLongestAgoLeavesAndComesBackWithItsState()
    {
        await using TestTiers tiers = await StartAsync(new RoundPolicy());
        await FeedAllAsync(tiers, Room, 0);
        await FeedAsync(tiers, "t0", 1);
        IReadOnlyList<Prediction> answers = await AskAsync(tiers, "t1");
        await FeedAsync(tiers, "t2", 1);
        await FeedAsync(tiers, "t3", 1);
        await FeedAsync(tiers, "t0", 2);

        Task left = _store.NextSaveOf(KeyOf("t1"));
        await FeedAsync(tiers, "new", 0);
        await left;

        Assert.Equal(answers, await AskAsync(tiers, "t1"));
        Assert.Equal(1, _store.LoadsOf(KeyOf("t1")));
        FeedReceipt again = await FeedAsync(tiers, "t1", 0);
        Assert.Equal((0, 3L), (again.Learned, again.Marks.AppliedThrough));
        Assert.Equal(3, (await FeedAsync(tiers, "t1", 1)).Learned);
        Assert.Equal(6, (await tiers.GetMemoryAsync(Memory("t1"), default)).Learned);
    }

    [Fact]
    public async Task Feed_ManyMoreTenantsThanRoom_NoEventIsLostOrCountedTwice()
    {
        const int tenants = 40;
        await using TestTiers tiers = await StartAsync(new RoundPolicy());
        for (int round = 0; round < 3; round++)
        {
            int current = round;
            await Parallel.ForEachAsync(Tenants(tenants), async (tenant, _) => await FeedAsync(tiers, tenant, current));
        }

        foreach (string tenant in Tenants(tenants))
        {
            Assert.Equal(0, (await FeedAsync(tiers, tenant, 2)).Learned);
            Assert.Equal(9, (await tiers.GetMemoryAsync(Memory(tenant), default)).Learned);
            await tiers.FlushAsync(Memory(tenant), Source, default);
        }

        Assert.Equal(9 * tenants, Assert.Single(await tiers.GetLevelsAsync(Model, default)).Events);
        await UntilAsync(async () => (await tiers.GetLevelsAsync(Model, default)).Count == 1 && ResidentCount(tiers) <= Room);
    }

    [Fact]
    public async Task Flush_WaitsWhileManyOthersCome_StaysAndEnds()
    {
        RoundPolicy together = new() { MinContributors = 2, MaxWait = TimeSpan.FromDays(1) };
        await using TestTiers tiers = await StartAsync(together);
        await FeedAsync(tiers, "t0", 0);
        Task<Receipt> flush = tiers.FlushAsync(Memory("t0"), Source, default).AsTask();
        await UntilAsync(async () => Assert.Single(await tiers.GetLevelsAsync(Model, default)).RoundContributors == 1);

        Task left = _store.NextSaveOf(KeyOf("t1"));
        foreach (string tenant in Tenants(3 * Room).Skip(1))
        {
            await FeedAsync(tiers, tenant, 0);
        }

        await left;
        Assert.Equal(1, _store.SavesOf(KeyOf("t0"))); // With its update, before that was sent.
        Assert.False(flush.IsCompleted);
        await tiers.FlushAsync(Memory("t1"), Source, default);
        Assert.Equal(new Receipt(3, 3), await flush);
    }

    [Fact]
    public async Task IdleTime_IsWhatOrleansGoesBy()
    {
        await using TestTiers tiers = await TestTiers.StartAsync(1, _store, configure: options => options.IdleTime = TimeSpan.FromHours(3));
        GrainCollectionOptions collection =
            tiers.Cluster.GetSiloServiceProvider().GetRequiredService<IOptions<GrainCollectionOptions>>().Value;
        Assert.Equal(TimeSpan.FromHours(3), collection.ClassSpecificCollectionAge["NestedLearning.Grains.FastMemoryGrain"]);
    }

    private async Task<TestTiers> StartAsync(RoundPolicy policy)
    {
        TestTiers tiers = await TestTiers.StartAsync(1, _store, configure: options => options.MaxResidentMemories = Room);
        await tiers.CreateModelAsync(Model, Spec, policy, default);
        return tiers;
    }

    private static async Task FeedAllAsync(TestTiers tiers, int tenants, int round)
    {
        foreach (string tenant in Tenants(tenants))
        {
            await FeedAsync(tiers, tenant, round);
        }
    }

    /// <summary>The three events of a round.</summary>
    private static ValueTask<FeedReceipt> FeedAsync(TestTiers tiers, string tenant, int round) =>
        tiers.FeedAsync(
            Memory(tenant),
            Source,
            [.. Enumerable.Range((3 * round) + 1, 3).Select(i => new LearningEvent(i, Features(tenant, i), $"class-{i % 3}"))],
            default);

    private static ValueTask<IReadOnlyList<Prediction>> AskAsync(TestTiers tiers, string tenant) =>
        tiers.PredictAsync(Memory(tenant), [.. Enumerable.Range(1, 12).Select(i => Features(tenant, i))], default);

    private static FeatureInput Features(string tenant, int i) =>
        new(new SparseVector(new ushort[] { (ushort)((i % 3) + tenant.Length), (ushort)(10 + (i % 7)) }, new[] { 1f, 0.5f }));

    private static IEnumerable<string> Tenants(int count) => Enumerable.Range(0, count).Select(i => $"t{i}");

    private static MemoryAddress Memory(string tenant) => new(Model, new TenantId(tenant));

    private static StateKey KeyOf(string tenant) => StateKey.Memory(Model, new TenantId(tenant));

    /// <summary>Asks again until something that is under way has come about.</summary>
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (int i = 0; i < 1_000_000; i++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Yield();
        }

        Assert.Fail("What was under way did not come about.");
    }

    private static int ResidentCount(TestTiers tiers) =>
        tiers.Cluster.GetSiloServiceProvider().GetRequiredService<SiloTiers>().Residents.All<Hosting.MemoryHost>().Count;
}
