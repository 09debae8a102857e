using NestedLearning.Embedded;
using NestedLearning.Grains.Tests.Cluster;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Shards;

/// <summary>Shards on other silos than the level's owner.</summary>
[Collection(CountedMeasurements.Collection)]
public sealed class ShardGrainTests
{
    private const int Tenants = 8;
    private const int EventsOfATenant = 150;

    private static readonly ModelId Model = new("m");
    private static readonly SourceId Source = new("client");
    private static readonly ClassifierSpec Spec = new() { Features = 256, Period = 1000 };
    private static readonly RoundPolicy Policy = new() { MinContributors = Tenants, Synchronous = true, Shards = 3 };

    [Fact]
    public async Task Fold_ThreeSilos_EachAddsUpAPart()
    {
        using CountedMeasurements left = new("nl.shards.left");
        await using TestTiers tiers = await StartAsync();

        await FeedAsync(tiers, 1);

        Assert.Equal((Tenants * EventsOfATenant, 0), (await EventsAsync(tiers), left.Total));
        IManagementGrain management = tiers.Cluster.Client.GetGrain<IManagementGrain>(0);
        IAddressable[] shards = [tiers.Cluster.Client.GetGrain<IConsolidatorGrain>(await KeyAsync(tiers, 0)), await ShardAsync(tiers, 1), await ShardAsync(tiers, 2)];
        SiloAddress?[] addresses = await Task.WhenAll(shards.Select(async shard => await management.GetActivationAddress(shard)));
        Assert.Equal(3, addresses.OfType<SiloAddress>().Distinct().Count());
    }

    [Fact]
    public async Task Fold_UpdatesAndSumsLongerThanAMessage_IsTheSameVersion()
    {
        using CountedMeasurements left = new("nl.shards.left");
        await using TestTiers tiers = await StartAsync(options => options.MessageBytes = 65_536);
        await using TestTiers alone = await StartAsync(policy: Policy with { Shards = 1 });

        await FeedAsync(tiers, 1);
        await FeedAsync(alone, 1);

        Assert.Equal(0, left.Total);
        float[] expected = await WeightsAsync(alone);
        Assert.All(expected.Zip(await WeightsAsync(tiers)), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public async Task Fold_ShardsThatFail_LeaveTheirPartsToTheOwner()
    {
        using CountedMeasurements left = new("nl.shards.left");
        await using TestTiers tiers = await StartAsync(build: silo => silo.AddIncomingGrainCallFilter(RefuseShards));

        await FeedAsync(tiers, 1);

        Assert.Equal((Tenants * EventsOfATenant, 2), (await EventsAsync(tiers), left.Total));
    }

    [Fact]
    public async Task Fold_ShardsThatNeverAnswer_LeaveTheirPartsToTheOwner()
    {
        using CountedMeasurements left = new("nl.shards.left");
        TaskCompletionSource end = new();
        await using TestTiers tiers = await StartAsync(
            options => options.ShardTimeout = TimeSpan.FromMilliseconds(50),
            build: silo => silo.AddIncomingGrainCallFilter(call => IsToShard(call) ? end.Task : call.Invoke()));

        await FeedAsync(tiers, 1);

        Assert.Equal((Tenants * EventsOfATenant, 2), (await EventsAsync(tiers), left.Total));
        end.SetResult();
    }

    [Fact]
    public async Task Fold_AfterTheSiloOfAShardDied_CountsEveryEventOnce()
    {
        await using TestTiers tiers = await StartAsync(options => options.ShardTimeout = TimeSpan.FromSeconds(1));
        await FeedAsync(tiers, 1);

        await tiers.CrashSiloOfAsync(await ShardAsync(tiers, 1));
        await FeedAsync(tiers, 1 + EventsOfATenant);

        Assert.Equal(2 * Tenants * EventsOfATenant, await EventsAsync(tiers));
    }

    [Fact]
    public async Task ReadAsync_UpdatesThatNobodySent_IsRefused()
    {
        await using TestTiers tiers = await StartAsync();
        await Assert.ThrowsAsync<StoppingException>(async () => await (await ShardAsync(tiers, 1)).ReadAsync(Guid.NewGuid(), 0, default));
    }

    private static async Task<IShardGrain> ShardAsync(TestTiers tiers, int number) =>
        tiers.Cluster.Client.GetGrain<IShardGrain>(await KeyAsync(tiers, number));

    private static async Task<string> KeyAsync(TestTiers tiers, int shard) =>
        new ConsolidatorKey(Model, await tiers.IncarnationOfAsync(Model), ClassifierSpec.SlowLevel, shard).ToString();

    private static async Task<TestTiers> StartAsync(
        Action<TierSiloOptions>? configure = null, Action<ISiloBuilder>? build = null, RoundPolicy? policy = null)
    {
        TestTiers tiers = await TestTiers.StartAsync(3, new MemoryTierStore(), configure: configure, build: build);
        await tiers.CreateModelAsync(Model, Spec, policy ?? Policy, default);
        return tiers;
    }

    private static Task FeedAsync(TestTiers tiers, int first) => Task.WhenAll(Enumerable.Range(0, Tenants).Select(async i =>
    {
        MemoryAddress memory = new(Model, new TenantId($"t{i}"));
        LearningEvent[] events = [.. Enumerable.Range(first, EventsOfATenant).Select(n => new LearningEvent(n, new TextInput($"word {n * 7 % 31} of {i}"), $"class-{n % 5}"))];
        await tiers.FeedAsync(memory, Source, events, default);
        await tiers.FlushAsync(memory, Source, default);
    }));

    private static async Task<long> EventsAsync(TestTiers tiers) => Assert.Single(await tiers.GetLevelsAsync(Model, default)).Events;

    private static async Task<float[]> WeightsAsync(TestTiers tiers) =>
        (await tiers.GetVersionAsync(Model, ClassifierSpec.SlowLevel, default)).Tensors.Get<DenseTensor>("weights").Values.ToArray();

    private static Task RefuseShards(IIncomingGrainCallContext call) =>
        IsToShard(call) ? throw new InvalidOperationException("Not today.") : call.Invoke();

    private static bool IsToShard(IIncomingGrainCallContext call) => call.InterfaceMethod.DeclaringType == typeof(IShardGrain);
}
