using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <summary>What every engine promises. An engine's tests add a subclass that says how to open one.</summary>
public abstract partial class LearningClusterTests
{
    protected static readonly ModelId Model = new("m");
    protected static readonly SourceId Source = new("client");
    protected static readonly LevelId Slow = ClassifierSpec.SlowLevel;

    private static readonly ClassifierSpec Spec = new() { Features = 64, Period = 5, PeriodGrowth = 0 };
    private static readonly RoundPolicy Alone = new();

    /// <summary>A store with nothing in it; the subclass cleans it up.</summary>
    protected abstract ITierStore CreateStore();

    /// <summary>Opens the engine on a store, which may hold what another one left.</summary>
    protected abstract ValueTask<ILearningCluster> OpenAsync(ITierStore store, TimeProvider time);

    protected ValueTask<ILearningCluster> OpenAsync(ITierStore store) => OpenAsync(store, new ManualTime());

    private static RoundPolicy Together(int memories) => new() { MinContributors = memories, Synchronous = true };

    private static MemoryAddress Memory(string tenant) => new(Model, new TenantId(tenant));

    /// <summary>Events from a sequence number on: three classes, each around its own features.</summary>
    private static LearningEvent[] Events(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new LearningEvent(i, Features(i), $"class-{i % 3}"))];

    private static FeatureInput Features(int i)
    {
        Random random = new(i);
        ushort[] indices = [.. Enumerable.Range(0, 12).Where(_ => random.Next(3) > 0).Select(j => (ushort)((i % 3 * 12) + j))];
        return new FeatureInput(new SparseVector(indices, Array.ConvertAll(indices, _ => 0.2f + random.NextSingle())));
    }

    private async ValueTask<ILearningCluster> OpenWithModelAsync(RoundPolicy policy, ITierStore? store = null, TimeProvider? time = null)
    {
        ILearningCluster cluster = await OpenAsync(store ?? CreateStore(), time ?? new ManualTime());
        await cluster.CreateModelAsync(Model, Spec, policy, default);
        return cluster;
    }

    private static ValueTask<FeedReceipt> FeedAsync(ILearningCluster cluster, string tenant, params LearningEvent[] events) =>
        cluster.FeedAsync(Memory(tenant), Source, events, default);

    private static ValueTask<Receipt> FlushAsync(ILearningCluster cluster, string tenant) =>
        cluster.FlushAsync(Memory(tenant), Source, default);

    private static async Task<LevelStatus> LevelAsync(ILearningCluster cluster, ModelId? model = null) =>
        Assert.Single(await cluster.GetLevelsAsync(model ?? Model, default));

    private static async Task<IReadOnlyList<Prediction>> AskAsync(ILearningCluster cluster, string tenant) =>
        await cluster.PredictAsync(Memory(tenant), [.. Enumerable.Range(1000, 12).Select(Features)], default);

    private static async Task<float[]> WeightsAsync(ILearningCluster cluster, ModelId? model = null) =>
        (await cluster.GetVersionAsync(model ?? Model, Slow, default)).Tensors.Get<DenseTensor>("weights").Values.ToArray();

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
}
