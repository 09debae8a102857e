using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <content>Models as checkpoints, and what goes on from them.</content>
public abstract partial class LearningClusterTests
{
    private static readonly ModelId CopyId = new("copy");

    public static TheoryData<string> Checkpointed() => ["plain", "fading", "coarse", "forgettable", "empty", "large"];

    [Theory]
    [MemberData(nameof(Checkpointed))]
    public async Task ImportModelAsync_OfACheckpoint_LearnsOnToTheSameBits(string kind)
    {
        (ClassifierSpec spec, RoundPolicy policy) = kind switch
        {
            "fading" => (Spec with { HalfLife = 7 }, Together(1)),
            "coarse" => (Spec, Together(1) with { VersionEncoding = FloatEncoding.Int4 }),
            "forgettable" => (Spec, Together(1) with { Forgettable = true, KeptRounds = 3 }),
            "large" => (Spec with { Features = 1024, PeriodGrowth = 0.5 }, Together(1)), // Its statistics need several messages.
            _ => (Spec, Together(1)),
        };
        ITierStore store = CreateStore();
        await using (ILearningCluster cluster = await OpenAsync(store))
        {
            await cluster.CreateModelAsync(Model, spec, policy, default);
            await LearnAsync(cluster, Model, "a", kind == "empty" ? [] : Events(1, 33));
            ModelCheckpoint file = await CheckpointAsync(cluster);
            await ImportAsync(cluster, file);

            LevelStatus original = await LevelAsync(cluster);
            LevelStatus begun = await LevelAsync(cluster, CopyId);
            Assert.Equal((0L, original.Events, original.NextPeriod), (begun.Version, begun.Events, begun.NextPeriod));
            await AssertEqualAsync(cluster);
            await LearnOnAsync(cluster, 100);
            await AssertEqualAsync(cluster);
            await ImportAsync(cluster, file); // It is the same one, and joins it.
            await cluster.CreateModelAsync(CopyId, spec, policy, default);
        }

        for (int i = 1; i <= 3; i++)
        {
            await using ILearningCluster again = await OpenAsync(store);
            await LearnOnAsync(again, 100 + (20 * i));
            await AssertEqualAsync(again);
        }

        await using ILearningCluster last = await OpenAsync(store);
        await LearnOnAsync(last, 1000, 400); // Enough for a base of its own.
        await AssertEqualAsync(last);

        async Task LearnOnAsync(ILearningCluster cluster, int first, int count = 20)
        {
            LearningEvent[] events = [.. Events(first, count), new LearningEvent(first + count, Features(first), $"new-{first}")];
            await LearnAsync(cluster, Model, "b", events);
            await LearnAsync(cluster, CopyId, "b", events);
        }

        async Task AssertEqualAsync(ILearningCluster cluster)
        {
            LevelVersion expected = await cluster.GetVersionAsync(Model, Slow, default);
            LevelVersion copied = await cluster.GetVersionAsync(CopyId, Slow, default);
            Assert.Equal(expected.Events, copied.Events);
            Assert.Equal(expected.Tensors.Get<DenseTensor>("weights").Values.ToArray(), copied.Tensors.Get<DenseTensor>("weights").Values.ToArray());
            Assert.Equal(expected.Tensors.Get<DenseTensor>("energies").Values.ToArray(), copied.Tensors.Get<DenseTensor>("energies").Values.ToArray());
            Assert.Equal(expected.Tensors.Get<IntegerTensor>("counts").Values.ToArray(), copied.Tensors.Get<IntegerTensor>("counts").Values.ToArray());
            Assert.Equal(expected.Tensors.Get<TextTensor>("labels").Texts, copied.Tensors.Get<TextTensor>("labels").Texts);
            ModelInput[] questions = [.. Enumerable.Range(2000, 12).Select(Features)];
            Assert.Equal(
                await cluster.PredictAsync(new MemoryAddress(Model, new TenantId("guest")), questions, default),
                await cluster.PredictAsync(new MemoryAddress(CopyId, new TenantId("guest")), questions, default));
        }
    }

    [Fact]
    public async Task ImportModelAsync_LevelOfSeveralShards_LearnsOnToTheSameBits()
    {
        await using ILearningCluster cluster = await OpenAsync(CreateStore());
        RoundPolicy sharded = Together(6) with { Shards = 3 };
        await cluster.CreateModelAsync(Model, Spec with { Period = 1000 }, sharded, default);
        await FeedRoundAsync(cluster, Model, first: 1);
        await ImportAsync(cluster, await CheckpointAsync(cluster));

        await FeedRoundAsync(cluster, Model, first: 161);
        await FeedRoundAsync(cluster, CopyId, first: 161);

        Assert.Equal((2L, 1L), ((await LevelAsync(cluster)).Version, (await LevelAsync(cluster, CopyId)).Version));
        Assert.Equal(await WeightsAsync(cluster), await WeightsAsync(cluster, CopyId));
    }

    [Fact]
    public async Task ImportModelAsync_AfterARejectedRound_KeepsClassesThatNoVersionHas()
    {
        await using ILearningCluster cluster = await OpenAsync(CreateStore());
        await cluster.CreateModelAsync(Model, Spec, Together(1) with { KeptRounds = 3 }, default);
        await LearnAsync(cluster, Model, "a", Events(1, 10));
        await LearnAsync(cluster, Model, "a", [new LearningEvent(11, Features(3), "mistake")]);
        long newest = (await LevelAsync(cluster)).Version;
        await cluster.RollbackAsync(Model, Slow, newest - 1, newest, default);

        ModelCheckpoint file = await CheckpointAsync(cluster);
        await ImportAsync(cluster, file);
        LearningEvent[] events = [.. Events(20, 10), new LearningEvent(30, Features(5), "later")];
        await LearnAsync(cluster, Model, "b", events);
        await LearnAsync(cluster, CopyId, "b", events);

        Assert.Equal(await WeightsAsync(cluster), await WeightsAsync(cluster, CopyId));
        Assert.Equal(["class-1", "class-2", "class-0", "mistake", "later"], (await cluster.GetVersionAsync(CopyId, Slow, default)).Tensors.Get<TextTensor>("labels").Texts);
    }

    [Fact]
    public async Task ImportModelAsync_Lineage_SaysWhenItWasImportedAndVersionZeroCanBeGoneBackTo()
    {
        ManualTime time = new();
        ITierStore store = CreateStore();
        float[] begun;
        DateTimeOffset at = time.GetUtcNow();
        ClassifierSpec fading = Spec with { HalfLife = 7 };
        await using (ILearningCluster cluster = await OpenAsync(store, time))
        {
            await cluster.CreateModelAsync(Model, fading, Together(1) with { KeptRounds = 5 }, default);
            await LearnAsync(cluster, Model, "a", Events(1, 33));
            await ImportAsync(cluster, await CheckpointAsync(cluster));
            begun = await WeightsAsync(cluster, CopyId);
            time.Advance(TimeSpan.FromDays(1));
        }

        await using ILearningCluster again = await OpenAsync(store, time);
        VersionRecord only = Assert.Single(await again.GetVersionsAsync(CopyId, Slow, long.MaxValue, 10, default));
        Assert.Equal((0L, FoldOutcome.Imported, at, 33L, true), (only.Entry.Version, only.Entry.Outcome, only.Entry.At, only.Entry.Events, only.IsCurrent));
        Assert.Empty(only.Entry.Sources);
        await LearnAsync(again, CopyId, "b", Events(100, 9));

        VersionRecord[] versions = [.. await again.GetVersionsAsync(CopyId, Slow, long.MaxValue, 10, default)];
        Assert.Equal([FoldOutcome.Folded, FoldOutcome.Folded, FoldOutcome.Imported], versions.Select(version => version.Entry.Outcome));
        Assert.True(versions[^1].CanGoBackTo);
        LineageEntry back = await again.RollbackAsync(CopyId, Slow, 0, 2, default);
        Assert.Equal((3L, 33L), (back.Version, back.Events));
        AssertSame(begun, await WeightsAsync(again, CopyId));
    }

    [Fact]
    public async Task ForgetAsync_OfAnImportedModel_TakesOutWhatTheTenantTaughtItAndNothingOfTheCheckpoint()
    {
        await using ILearningCluster cluster = await OpenAsync(CreateStore());
        await cluster.CreateModelAsync(Model, PlainSpec, Forgettable, default);
        await LearnAsync(cluster, Model, "a", Events(1, 30));
        await ImportAsync(cluster, await CheckpointAsync(cluster));
        float[] begun = await WeightsAsync(cluster, CopyId);
        TenantId tenant = new("a");

        ForgetReport nothing = await cluster.ForgetAsync(CopyId, tenant, default);
        Assert.Equal((0L, null), (nothing.Levels[0].Events, nothing.Levels[0].Version));
        Assert.Equal(begun, await WeightsAsync(cluster, CopyId));
        Assert.Empty(await cluster.GetTenantsAsync(CopyId, new TenantQuery { Prefix = "b" }, default));

        await LearnAsync(cluster, CopyId, "b", Events(100, 12));
        ForgetReport report = await cluster.ForgetAsync(CopyId, new TenantId("b"), default);
        Assert.Equal((12L, 30L), (report.Levels[0].Events, (await LevelAsync(cluster, CopyId)).Events));
        AssertSame(begun, await WeightsAsync(cluster, CopyId));
    }

    [Fact]
    public async Task GetCheckpointAsync_AfterATenantWasForgotten_IsOneOfTheOthers()
    {
        await using ILearningCluster cluster = await OpenWithTenantsAsync(CreateStore(), "a", "b");
        foreach (string tenant in new[] { "a", "b" })
        {
            await cluster.ForgetAsync(Model, new TenantId(tenant), default);
            await cluster.DeleteModelAsync(CopyId, default);
            await ImportAsync(cluster, await CheckpointAsync(cluster));
            Assert.Equal(await WeightsAsync(cluster), await WeightsAsync(cluster, CopyId));
            Assert.Equal((await LevelAsync(cluster)).Events, (await LevelAsync(cluster, CopyId)).Events);
        }
    }

    [Fact]
    public async Task GetCheckpointAsync_WithoutStatistics_CannotBeImported()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        await LearnAsync(cluster, Model, "a", Events(1, 10));

        ModelCheckpoint weights = await cluster.GetCheckpointAsync(Model, withStatistics: false, default);

        Assert.Equal(await WeightsAsync(cluster), Assert.Single(weights.Levels).Version.Tensors.Get<DenseTensor>("weights").Values.ToArray());
        Assert.Empty(weights.Levels[0].Statistics);
        InvalidInputException error = await Assert.ThrowsAsync<InvalidInputException>(async () => await ImportAsync(cluster, weights));
        Assert.Contains("have no statistics for 'slow'", error.Message, StringComparison.Ordinal);
        Assert.Equal([Model], await cluster.GetModelsAsync(default));
        await Assert.ThrowsAsync<UnknownModelException>(async () => await cluster.GetCheckpointAsync(CopyId, true, default));
    }

    [Fact]
    public async Task ImportModelAsync_StatisticsThatAreNotTheModels_AreRefusedByName()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Alone);
        await LearnAsync(cluster, Model, "a", Events(1, 10));
        ModelCheckpoint file = await CheckpointAsync(cluster);
        InitialLevel level = file.InitialLevels[0];
        double[] gram = level.Statistics.Get<DoubleTensor>("gram").Values.ToArray();

        await RefusesAsync(new ClassifierSpec { Features = 128 }, level, "[64, 3]; accepted: [128, 3]");
        await RefusesAsync(Spec, level with { Statistics = With(level.Statistics, new DoubleTensor("gram", [gram.Length], Array.ConvertAll(gram, value => -value))) }, "no sum of squares");
        await RefusesAsync(Spec, level with { Statistics = With(level.Statistics, new DoubleTensor("gram", [gram.Length], Array.ConvertAll(gram, _ => double.NaN))) }, "NaN");
        await Assert.ThrowsAsync<ModelConflictException>(async () => await cluster.ImportModelAsync(Model, Spec with { Ridge = 1 }, Alone, [level], default));
        await Assert.ThrowsAsync<ModelConflictException>(async () => await cluster.ImportModelAsync(Model, Spec, Alone, [level], default));
        Assert.Equal([Model], await cluster.GetModelsAsync(default));

        async Task RefusesAsync(ClassifierSpec spec, InitialLevel begun, string says)
        {
            InvalidInputException error = await Assert.ThrowsAsync<InvalidInputException>(async () => await cluster.ImportModelAsync(CopyId, spec, Alone, [begun], default));
            Assert.Equal("levels", error.Field);
            Assert.Contains(says, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(SaveFault.Full)]
    [InlineData(SaveFault.UnavailableAfter)]
    public async Task ImportModelAsync_AnySaveFails_IsFinishedByTheSameAgain(SaveFault fault)
    {
        FaultyTierStore store = new(CreateStore());
        int told = 0;
        await using (ILearningCluster cluster = await OpenWithModelAsync(Alone, store))
        {
            await LearnAsync(cluster, Model, "a", Events(1, 10));
            ModelCheckpoint file = await CheckpointAsync(cluster);
            float[] expected = await WeightsAsync(cluster);
            for (int i = 0; i == 0 || store.HasFailed; i++)
            {
                ModelId copy = new($"copy{i}");
                store.FailAfter(i, fault);
                try
                {
                    await ImportAsync(cluster, file, copy);
                }
                catch (StoreException)
                {
                    told++;
                    await ImportAsync(cluster, file, copy);
                }

                Assert.Equal(expected, await WeightsAsync(cluster, copy));
            }

            store.FailAfter(int.MaxValue, fault);
        }

        Assert.True(told >= 4, $"only {told} callers were told");
    }

    private static TensorSet With(TensorSet tensors, NamedTensor other) => [.. tensors.Select(tensor => tensor.Name == other.Name ? other : tensor)];

    /// <summary>A checkpoint after it was a file.</summary>
    private static async Task<ModelCheckpoint> CheckpointAsync(ILearningCluster cluster)
    {
        using MemoryStream file = new();
        await (await cluster.GetCheckpointAsync(Model, withStatistics: true, default)).WriteAsync(file, default);
        return ModelCheckpoint.Read(new SafetensorsReader(file), 1e7);
    }

    private static ValueTask ImportAsync(ILearningCluster cluster, ModelCheckpoint file, ModelId? copy = null) =>
        cluster.ImportModelAsync(copy ?? CopyId, file.Settings.Spec, file.Settings.Policy, file.InitialLevels, default);

    private static async Task LearnAsync(ILearningCluster cluster, ModelId model, string tenant, IReadOnlyList<LearningEvent> events)
    {
        MemoryAddress memory = new(model, new TenantId(tenant));
        await cluster.FeedAsync(memory, Source, events, default);
        await cluster.FlushAsync(memory, Source, default);
    }
}
