using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <content>Levels whose rounds several shards add up.</content>
public abstract partial class LearningClusterTests
{
    [Fact]
    public async Task FlushAsync_LevelOfSeveralShards_MakesTheSameVersions()
    {
        ITierStore store = CreateStore();
        ModelId alone = new("alone");
        await using (ILearningCluster cluster = await OpenAsync(store))
        {
            await cluster.CreateModelAsync(Model, Spec with { Period = 1000 }, Together(6) with { Shards = 3 }, default);
            await cluster.CreateModelAsync(alone, Spec with { Period = 1000 }, Together(6), default);
            await FeedRoundAsync(cluster, Model, first: 1);
            await FeedRoundAsync(cluster, alone, first: 1);

            await AssertSameAsync(cluster, 1);
        }

        await using ILearningCluster reopened = await OpenAsync(store);
        await FeedRoundAsync(reopened, Model, first: 161);
        await FeedRoundAsync(reopened, alone, first: 161);

        await AssertSameAsync(reopened, 2);

        async Task AssertSameAsync(ILearningCluster cluster, long version)
        {
            LevelStatus level = await LevelAsync(cluster);
            Assert.Equal((version, version * 6 * 160), (level.Version, level.Events));
            float[] expected = await WeightsAsync(cluster, alone);
            Assert.All(expected.Zip(await WeightsAsync(cluster)), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        }
    }

    /// <summary>Six memories of 160 events each: enough for three shards.</summary>
    private static Task FeedRoundAsync(ILearningCluster cluster, ModelId model, int first) =>
        Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            MemoryAddress memory = new(model, new TenantId($"t{i}"));
            await cluster.FeedAsync(memory, Source, Events(first, 160), default);
            await cluster.FlushAsync(memory, Source, default);
        }));
}
