using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting.Tests;

/// <summary>What the owner of a level gives its other shards, and what becomes of it.</summary>
public sealed class LevelShardsTests
{
    private static readonly ModelId Model = new("m");
    private static readonly SourceId Source = new("s");
    private static readonly ClassifierSpec Spec = new() { Features = 64, Period = 1000 };
    private static readonly ModelSettings Settings = new(Spec, new RoundPolicy { MinContributors = 4, Shards = 3 });

    [Fact]
    public async Task Fold_RoundOfManyEvents_GivesEachOtherShardItsPart()
    {
        Shards shards = new((_, part) => part.Take(RoundPart.AddUp(Model, CreateShard(), part.Pack())));
        await using ConsolidatorHost level = await FoldAsync(shards);
        await using ConsolidatorHost alone = await FoldAsync(null);

        Assert.Equal([1, 2], shards.Asked.Order());
        Assert.Equal(400, (await level.GetStatusAsync(default)).Events);
        Assert.Equal(await WeightsAsync(alone), await WeightsAsync(level));
    }

    [Fact]
    public async Task Fold_PartsThatNobodyTook_AreAddedUpByTheOwner()
    {
        Shards shards = new((_, _) => { });
        await using ConsolidatorHost level = await FoldAsync(shards);
        await using ConsolidatorHost alone = await FoldAsync(null);

        Assert.Equal(2, shards.Asked.Count);
        Assert.Equal(await WeightsAsync(alone), await WeightsAsync(level));
    }

    private static async Task<ConsolidatorHost> FoldAsync(ILevelShards? shards)
    {
        TierHosting hosting = new(new MemoryTierStore(), new CallersCompute()) { Time = new ManualTime(), Shards = shards };
        ConsolidatorHost level = await ConsolidatorHost.OpenAsync(Model, Settings, ClassifierSpec.SlowLevel, hosting, default);
        for (int i = 0; i < 4; i++)
        {
            await using MemoryHost memory = await MemoryHost.OpenAsync(new MemoryAddress(Model, new TenantId($"t{i}")), Settings, [level], hosting, default);
            LearningEvent[] events = [.. Enumerable.Range(1, 100).Select(n => new LearningEvent(n, new TextInput($"word {n % 17} of {i}"), $"class-{n % 3}"))];
            await memory.FeedAsync(new EventBatch(Source, events), CancellationToken.None, default);
            await memory.SendUpAsync(null, default);
        }

        await level.FoldNowAsync(default);
        return level;
    }

    private static async Task<float[]> WeightsAsync(ConsolidatorHost level) =>
        (await level.GetVersionAsync(default)).Tensors.Get<DenseTensor>("weights").Values.ToArray();

    private static IReversibleLevel CreateShard() => (IReversibleLevel)Spec.CreateSharedLevel(ClassifierSpec.SlowLevel, 1);

    private sealed class Shards(Action<LevelId, RoundPart> addUp) : ILevelShards
    {
        public List<int> Asked { get; } = [];

        public ValueTask AddUpAsync(ModelId model, LevelId level, RoundPart part, CancellationToken cancellationToken)
        {
            Asked.Add(part.Shard);
            addUp(level, part);
            return ValueTask.CompletedTask;
        }
    }
}
