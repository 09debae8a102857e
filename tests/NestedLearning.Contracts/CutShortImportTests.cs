using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <summary>What every engine promises of imports that are cut short: at any write, what came of them is used or goes.</summary>
public abstract class CutShortImportTests
{
    private static readonly ModelId Model = new("m");
    private static readonly SourceId Source = new("client");
    private static readonly ClassifierSpec Spec = new() { Features = 64, Period = 5, PeriodGrowth = 0 };
    private static readonly RoundPolicy Policy = new() { Forgettable = true };

    /// <summary>How an import that was cut short ends.</summary>
    public enum Ending
    {
        /// <summary>The same one comes again.</summary>
        Same,

        /// <summary>Another file is imported under the name.</summary>
        Other,

        /// <summary>A model is made under the name.</summary>
        Made,

        /// <summary>The name is deleted.</summary>
        Deleted,
    }

    /// <summary>Opens the engine on a store whose writes can be made to fail, and which it takes for one of its kind.</summary>
    protected abstract ValueTask<IWorld> OpenAsync();

    [Theory]
    [InlineData(Ending.Same)]
    [InlineData(Ending.Other)]
    [InlineData(Ending.Made)]
    [InlineData(Ending.Deleted)]
    public async Task ImportModelAsync_CutOffAtAnyWrite_LeavesNothingThatNobodyOwns(Ending ending)
    {
        await using IWorld world = await OpenAsync();
        (ModelCheckpoint file, ModelCheckpoint other) = await FilesAsync(world.Cluster);
        int cut = 0;
        for (int writes = 0; ; writes++)
        {
            ModelId copy = new($"copy-{writes}");
            bool isWhole = await TryAsync(world, writes, () => ImportAsync(world.Cluster, copy, file));
            await world.RestartAsync();
            int left = await world.ListAsync(copy).CountAsync();
            Assert.True(left == 0 || (await world.Cluster.GetModelsAsync(default)).Contains(copy), "Nobody sees what is left.");
            if (isWhole)
            {
                break;
            }

            cut += left > 0 ? 1 : 0;
            await EndAsync(world, copy, file, other, ending);
        }

        Assert.InRange(cut, 3, 20);
    }

    [Fact]
    public async Task ImportModelAsync_OverALeftOneCutOffAtAnyWrite_LeavesNothingThatNobodyOwns()
    {
        await using IWorld world = await OpenAsync();
        (ModelCheckpoint file, ModelCheckpoint other) = await FilesAsync(world.Cluster);
        bool isWhole = false;
        for (int writes = 0; !isWhole; writes++)
        {
            ModelId copy = new($"copy-{writes}");
            Assert.False(await TryAsync(world, 4, () => ImportAsync(world.Cluster, copy, file)));
            isWhole = await TryAsync(world, writes, () => ImportAsync(world.Cluster, copy, other));
            await world.RestartAsync();
            await EndAsync(world, copy, other, file, Ending.Same);
        }
    }

    /// <summary>Ends what was begun, and looks at what is stored then.</summary>
    private static async Task EndAsync(IWorld world, ModelId copy, ModelCheckpoint file, ModelCheckpoint other, Ending ending)
    {
        switch (ending)
        {
            case Ending.Same or Ending.Other when await IsThereAsync(world.Cluster, copy):
            case Ending.Same:
                await ImportAsync(world.Cluster, copy, file);
                await AssertIsAsync(world, copy, file);
                break;
            case Ending.Other:
                await ImportAsync(world.Cluster, copy, other);
                await AssertIsAsync(world, copy, other);
                break;
            case Ending.Made:
                await world.Cluster.CreateModelAsync(copy, Spec, Policy, default);
                Assert.Equal(0, (await world.Cluster.GetVersionAsync(copy, ClassifierSpec.SlowLevel, default)).Number);
                break;
        }

        bool isImported = (await IsThereAsync(world.Cluster, copy)) && (await world.Cluster.GetVersionAsync(copy, ClassifierSpec.SlowLevel, default)).Events > 0;
        if (ending != Ending.Deleted)
        {
            string[] stored = await world.ListAsync(copy).Select(key => key.Value[(copy.Value.Length + 1)..]).ToArrayAsync();
            Assert.Equal(isImported ? 3 : 1, stored.Length);
            Assert.All(stored, key => Assert.Matches("^(spec|initial/[0-9a-f]{64}/slow/[01])$", key));
        }

        await world.Cluster.DeleteModelAsync(copy, default);
        Assert.Empty(await world.ListAsync(copy).ToListAsync());
        Assert.DoesNotContain(copy, await world.Cluster.GetModelsAsync(default));
    }

    private static async Task AssertIsAsync(IWorld world, ModelId copy, ModelCheckpoint file)
    {
        TensorSet version = (await world.Cluster.GetVersionAsync(copy, ClassifierSpec.SlowLevel, default)).Tensors;
        Assert.Equal(file.Levels[0].Version.Tensors.Get<DenseTensor>("weights").Values.ToArray(), version.Get<DenseTensor>("weights").Values.ToArray());
    }

    private static async Task<bool> IsThereAsync(ILearningCluster cluster, ModelId model)
    {
        try
        {
            await cluster.GetModelAsync(model, default);
            return true;
        }
        catch (UnknownModelException)
        {
            return false;
        }
    }

    /// <summary>Lets something be cut off after some writes.</summary>
    /// <returns>Whether it was over before.</returns>
    private static async Task<bool> TryAsync(IWorld world, int writes, Func<ValueTask> work)
    {
        world.BreakAfter(writes);
        try
        {
            await work();
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
        finally
        {
            world.BreakAfter(int.MaxValue);
        }
    }

    private static ValueTask ImportAsync(ILearningCluster cluster, ModelId copy, ModelCheckpoint file) =>
        cluster.ImportModelAsync(copy, file.Settings.Spec, file.Settings.Policy, file.InitialLevels, default);

    private static async Task<(ModelCheckpoint File, ModelCheckpoint Other)> FilesAsync(ILearningCluster cluster)
    {
        await cluster.CreateModelAsync(Model, Spec, Policy, default);
        return (await LearnAsync(1), await LearnAsync(8));

        async Task<ModelCheckpoint> LearnAsync(int first)
        {
            MemoryAddress memory = new(Model, new TenantId("a"));
            LearningEvent[] events = [.. Enumerable.Range(first, 7).Select(i => new LearningEvent(i, new FeatureInput(new SparseVector(new ushort[] { (ushort)i }, new float[] { 1 })), $"class-{i % 3}"))];
            await cluster.FeedAsync(memory, Source, events, default);
            await cluster.FlushAsync(memory, Source, default);
            return await cluster.GetCheckpointAsync(Model, withStatistics: true, default);
        }
    }

    /// <summary>An engine, and the store under it.</summary>
    protected interface IWorld : IAsyncDisposable
    {
        /// <summary>The engine.</summary>
        ILearningCluster Cluster { get; }

        /// <summary>Lets all writes fail after some.</summary>
        void BreakAfter(int writes);

        /// <summary>Has another engine go on with the store, where that differs.</summary>
        ValueTask RestartAsync();

        /// <summary>What is stored of a model.</summary>
        IAsyncEnumerable<StateKey> ListAsync(ModelId model);
    }
}
