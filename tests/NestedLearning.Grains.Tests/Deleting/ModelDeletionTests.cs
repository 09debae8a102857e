using NestedLearning.Embedded;
using NestedLearning.Grains.Tests.Cluster;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Deleting;

/// <summary>What a cluster takes away with a model, from a store that it cannot list.</summary>
public sealed class ModelDeletionTests
{
    private static readonly ModelId Model = new("m");
    private static readonly SourceId Source = new("client");
    private static readonly ClassifierSpec Spec = new() { Features = 64, Period = 5, PeriodGrowth = 0 };
    private static readonly RoundPolicy Policy = new() { Forgettable = true, KeptRounds = 2 };

    [Fact]
    public async Task DeleteModelAsync_StoreThatFailsOnTheWay_IsFinishedByTheNextAttempt()
    {
        MemoryTierStore stored = new();
        FailingDeletes store = new(stored);
        await using TestTiers tiers = await TestTiers.StartAsync(1, store);
        int failures = 0;
        for (int deletes = 0; deletes < 60; deletes += 4)
        {
            await LearnAsync(tiers);
            Assert.InRange(await KeysAsync(stored).CountAsync(), 8, 1000);
            store.FailAfter(deletes);
            failures += await FailsAsync(tiers) ? 1 : 0;
            await Assert.ThrowsAsync<UnknownModelException>(async () => await tiers.GetLevelsAsync(Model, default));

            store.FailAfter(int.MaxValue);
            await tiers.DeleteModelAsync(Model, default);

            Assert.Empty(await KeysAsync(stored).ToListAsync());
            Assert.Empty(await tiers.GetModelsAsync(default));
        }

        Assert.InRange(failures, 3, 14); // Some failed on their way, and some were over before.
    }

    [Fact]
    public async Task CreateModelAsync_WhileTheLastOneIsHalfDeleted_FinishesThatFirst()
    {
        MemoryTierStore stored = new();
        FailingDeletes store = new(stored);
        await using TestTiers tiers = await TestTiers.StartAsync(1, store);
        await LearnAsync(tiers);
        store.FailAfter(3);
        Assert.True(await FailsAsync(tiers));
        store.FailAfter(int.MaxValue);

        await tiers.CreateModelAsync(Model, Spec with { Ridge = 1 }, Policy, default);

        Assert.Equal(0, Assert.Single(await tiers.GetLevelsAsync(Model, default)).Events);
        Assert.Equal(0, (await tiers.GetMemoryAsync(Memory("a"), default)).Learned);
        Assert.Equal([StateKey.Spec(Model)], await KeysAsync(stored).ToListAsync());
    }

    [Fact]
    public async Task DeleteModelAsync_ThreeSilosAndMadeAnew_NoSiloAnswersFromTheOldOne()
    {
        await using TestTiers tiers = await TestTiers.StartAsync(3, new MemoryTierStore());
        for (int round = 0; round < 3; round++)
        {
            await LearnAsync(tiers);
            Assert.True(await tiers.DeleteModelAsync(Model, default));
            await tiers.CreateModelAsync(Model, Spec, Policy, default);
            foreach (string tenant in Tenants)
            {
                IReadOnlyList<Prediction> answers = await tiers.PredictAsync(Memory(tenant), [.. Events(1, 6).Select(given => given.Input)], default);
                Assert.All(answers, answer => Assert.Null(answer.Label));
                Assert.Equal(0, (await tiers.GetMemoryAsync(Memory(tenant), default)).Learned);
            }
        }
    }

    private static IEnumerable<string> Tenants => Enumerable.Range(0, 12).Select(i => $"t{i}").Append("a");

    private static MemoryAddress Memory(string tenant) => new(Model, new TenantId(tenant));

    private static LearningEvent[] Events(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new LearningEvent(i, new FeatureInput(new SparseVector(new ushort[] { (ushort)(i % 64) }, new float[] { 1 })), $"class-{i % 3}"))];

    private static IAsyncEnumerable<StateKey> KeysAsync(MemoryTierStore store) => store.ListAsync(StateKey.PrefixOf(Model), default);

    private static async Task<bool> FailsAsync(TestTiers tiers)
    {
        try
        {
            await tiers.DeleteModelAsync(Model, default);
            return false;
        }
        catch (StoreException)
        {
            return true;
        }
    }

    private static async Task LearnAsync(TestTiers tiers)
    {
        await tiers.CreateModelAsync(Model, Spec, Policy, default);
        foreach (string tenant in Tenants)
        {
            await tiers.FeedAsync(Memory(tenant), Source, Events(1, 12), default);
        }

        await tiers.FlushAsync(Memory("a"), Source, default);
    }

    /// <summary>A store whose deletes a test lets fail. It cannot be listed, as grain storage.</summary>
    private sealed class FailingDeletes(ITierStore inner) : ITierStore
    {
        private int _left = int.MaxValue;

        public void FailAfter(int deletes) => Volatile.Write(ref _left, deletes);

        public ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken) => inner.LoadAsync(key, cancellationToken);

        public ValueTask<string> SaveAsync(StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken) =>
            inner.SaveAsync(key, state, expectedETag, cancellationToken);

        public ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken) => Interlocked.Decrement(ref _left) >= 0
            ? inner.DeleteAsync(key, cancellationToken)
            : throw new StoreException(StoreProblem.Unavailable, key.Value, "the test lets this delete fail");
    }
}
