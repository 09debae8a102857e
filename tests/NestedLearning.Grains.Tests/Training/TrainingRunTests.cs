using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Training;

/// <summary>Runs whose workers read the data by themselves.</summary>
public sealed class TrainingRunTests
{
    private const int Events = 203;

    [Theory]
    [InlineData(1, StreamSplit.Shard)]
    [InlineData(3, StreamSplit.Shard)]
    [InlineData(3, StreamSplit.Class)]
    public async Task Run_WorkersInStep_EndsWithTheBitsOfAClientsStream(int workers, StreamSplit split)
    {
        RunSpec spec = new(TextData.Address, Workers: workers, Split: split);
        RoundPolicy policy = RunCluster.InStep(workers);
        await using RunCluster cluster = await RunCluster.StartAsync(new TextData(TextData.Lines(Events)), policy, silos: 2);

        await cluster.StartRunAsync(spec);
        RunProgress progress = await cluster.UntilEndAsync();

        AssertDone(progress);
        LearningEvent[] events = [.. Enumerable.Range(0, Events).Select(i => TextData.Event(i, i + 1))];
        ClientStream expected = await ClientStream.LearnAsync(events, [Events], [[]], spec, policy);
        LevelVersion version = await cluster.Tiers.GetVersionAsync(RunCluster.Model, ClassifierSpec.SlowLevel, default);
        Assert.Equal((expected.Version.Number, expected.Version.Events, expected.Correct), (version.Number, version.Events, progress.Correct));
        Assert.Equal(ClientStream.WeightsOf(expected.Version), ClientStream.WeightsOf(version));
    }

    [Fact]
    public async Task Run_AfterAnother_CountsItsOwnEvents()
    {
        TextData data = new(TextData.Lines(Events));
        await using RunCluster cluster = await RunCluster.StartAsync(data, RunCluster.InStep(2));
        await cluster.StartRunAsync(new RunSpec(TextData.Address, Workers: 2));
        await cluster.UntilEndAsync();

        await cluster.StartRunAsync(new RunSpec(TextData.Address, Workers: 2, ShardsPerWorker: 3));
        RunProgress progress = await cluster.UntilEndAsync();

        AssertDone(progress);
        Assert.Equal((2, 6, 2 * Events), (progress.Run, progress.ShardsDone, (await cluster.LevelAsync()).Events));
    }

    [Fact]
    public async Task StartRunAsync_RunThatIsDone_IsLeftAlone()
    {
        RunSpec spec = new(TextData.Address);
        await using RunCluster cluster = await RunCluster.StartAsync(new TextData(TextData.Lines(Events)), new RoundPolicy());
        await cluster.StartRunAsync(spec);
        await cluster.UntilEndAsync();

        AssertDone(await cluster.StartRunAsync(spec));

        Assert.Equal(Events, (await cluster.LevelAsync()).Events);
    }

    [Fact]
    public async Task StopRunAsync_WhileAWorkerReads_TheSameRunGoesOnWhereItWas()
    {
        RunSpec spec = new(TextData.Address);
        TextData data = new(TextData.Lines(Events)) { HeldOpening = TextData.FirstLearning };
        await using RunCluster cluster = await RunCluster.StartAsync(data, RunCluster.InStep(1));
        await cluster.StartRunAsync(spec);
        RunProgress before = await cluster.UntilAsync(progress => progress.Durable > 0);

        Assert.Equal(RunStage.Stopped, (await cluster.StopRunAsync()).Stage);
        data.Release();
        await data.HeldIsClosed;
        Assert.InRange((await cluster.UntilAsync(_ => true)).Durable, before.Durable, Events - 1);

        await cluster.StartRunAsync(spec);
        AssertDone(await cluster.UntilEndAsync());
        Assert.Equal(Events, (await cluster.LevelAsync()).Events);
    }

    [Fact]
    public async Task Run_EverySiloStopsInTheMiddle_GoesOnWithTheNext()
    {
        MemoryTierStore store = new();
        TextData held = new(TextData.Lines(Events)) { HeldOpening = TextData.FirstLearning };
        await using (RunCluster first = await RunCluster.StartAsync(held, RunCluster.InStep(2), store: store))
        {
            await first.StartRunAsync(new RunSpec(TextData.Address, Workers: 2));
            await first.UntilAsync(progress => progress.Durable > 0);
        }

        await using RunCluster second = await RunCluster.StartAsync(new TextData(TextData.Lines(Events)), RunCluster.InStep(2), store: store);
        AssertDone(await second.UntilEndAsync());
        Assert.Equal(Events, (await second.LevelAsync()).Events);
    }

    [Fact]
    public async Task Run_WorkerFallsSilent_AnotherTakesItsShard()
    {
        TextData data = new(TextData.Lines(Events)) { HeldOpening = TextData.FirstLearning };
        await using RunCluster cluster = await RunCluster.StartAsync(data, new RoundPolicy());
        await cluster.StartRunAsync(new RunSpec(TextData.Address, Workers: 2));

        AssertDone(await cluster.UntilEndAsync());
        data.Release();
        await data.HeldIsClosed;

        Assert.Equal(Events, (await cluster.LevelAsync()).Events);
    }

    [Fact]
    public async Task Run_WorkerHangsInStep_IsGivenUp()
    {
        TextData data = new(TextData.Lines(Events)) { HeldOpening = TextData.FirstLearning };
        await using RunCluster cluster = await RunCluster.StartAsync(data, RunCluster.InStep(2));
        await cluster.StartRunAsync(new RunSpec(TextData.Address, Workers: 2));

        AssertDone(await cluster.UntilEndAsync());

        await data.HeldIsClosed;
        Assert.Equal(Events, (await cluster.LevelAsync()).Events);
    }

    private static void AssertDone(RunProgress progress)
    {
        Assert.Null(progress.Problem);
        Assert.Equal((RunStage.Done, Events, Events, Events), (progress.Stage, progress.Events, progress.Durable, progress.Learned));
        Assert.Empty(progress.Leases);
    }
}
