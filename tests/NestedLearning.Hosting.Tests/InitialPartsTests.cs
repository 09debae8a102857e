using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting.Tests;

/// <summary>What levels begin with, part by part.</summary>
public class InitialPartsTests
{
    private static readonly ModelId Model = new("m");
    private static readonly LevelId Slow = ClassifierSpec.SlowLevel;

    [Theory]
    [InlineData(64)]
    [InlineData(1024)] // Several parts.
    public async Task LoadAsync_StoredParts_GivesWhatWasImported(int features)
    {
        ClassifierSpec spec = new() { Features = features };
        InitialLevel level = Begun(spec);
        InitialParts initial = InitialParts.Of(Model, spec, [level]);
        MemoryTierStore store = await StoreAsync(initial);

        InitialLevel loaded = await InitialParts.LoadAsync(store, Model, initial.Digest, Slow, default);

        Assert.Equal(features > 64, initial.Parts.Count > 2);
        Assert.Equal(level.Parameters.Select(tensor => tensor.Name), loaded.Parameters.Select(tensor => tensor.Name));
        Assert.Equal(level.Statistics.Get<DoubleTensor>("gram").Values.ToArray(), loaded.Statistics.Get<DoubleTensor>("gram").Values.ToArray());
        Assert.Equal(initial.Digest, InitialParts.Of(Model, spec, [loaded]).Digest);
    }

    [Fact]
    public async Task LoadAsync_PartMissingOrAnother_SaysThatItIsDamaged()
    {
        ClassifierSpec spec = new() { Features = 1024 };
        InitialParts initial = InitialParts.Of(Model, spec, [Begun(spec)]);
        for (int missing = 0; missing < initial.Parts.Count; missing++)
        {
            MemoryTierStore store = await StoreAsync(initial);
            if (missing == 1)
            {
                StateKey key = StateKey.Initial(Model, initial.Digest, Slow, 1);
                await store.SaveAsync(key, new byte[9 << 20], (await store.LoadAsync(key, default))!.ETag, default);
            }
            else
            {
                await store.DeleteAsync(StateKey.Initial(Model, initial.Digest, Slow, missing), default);
            }

            StoreException error = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(store, spec, initial));
            Assert.Equal(StoreProblem.Damaged, error.Problem);
            Assert.Contains("what the level begins with is damaged", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task OpenAsync_StatisticsMissing_SaysThatItIsDamaged()
    {
        ClassifierSpec spec = new() { Features = 64 };
        InitialParts initial = InitialParts.Of(Model, spec, [Begun(spec)]);
        MemoryTierStore store = await StoreAsync(initial);
        await using (await OpenAsync(store, spec, initial))
        {
        }

        await store.DeleteAsync(StateKey.Initial(Model, initial.Digest, Slow, 1), default);

        StoreException error = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(store, spec, initial));
        Assert.Equal(StoreProblem.Damaged, error.Problem);
        Assert.Contains("have no statistics for 'slow'", error.Message, StringComparison.Ordinal);
    }

    private static Task<ConsolidatorHost> OpenAsync(ITierStore store, ClassifierSpec spec, InitialParts initial) => ConsolidatorHost.OpenAsync(
        Model, new ModelSettings(spec, new RoundPolicy()) { Initial = initial.Digest }, Slow, new TierHosting(store, new CallersCompute()), default).AsTask();

    private static InitialLevel Begun(ClassifierSpec spec)
    {
        ISharedLevel level = spec.CreateSharedLevel(Slow, 1);
        return new InitialLevel(Slow, level.Solve()) { Statistics = level.Save() };
    }

    private static async Task<MemoryTierStore> StoreAsync(InitialParts initial)
    {
        MemoryTierStore store = new();
        foreach (InitialPart part in initial.Parts)
        {
            await InitialParts.SaveAsync(store, Model, initial.Digest, part, default);
        }

        return store;
    }
}
