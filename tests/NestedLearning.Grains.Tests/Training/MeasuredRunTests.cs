using NestedLearning.Models;
using NestedLearning.Tiers;
using Orleans.Runtime.Placement;

namespace NestedLearning.Grains.Tests.Training;

/// <summary>Runs that measure their tasks as these end.</summary>
public sealed class MeasuredRunTests
{
    private const int Tests = 9;

    private static readonly long[] Ends = [70, 120, 203]; // The second one ends with a round.

    [Theory]
    [InlineData(1, StreamSplit.Shard)]
    [InlineData(3, StreamSplit.Shard)]
    [InlineData(3, StreamSplit.Class)]
    public async Task Run_WorkersInStep_MeasuresWhatAClientWould(int workers, StreamSplit split)
    {
        RunSpec spec = new(TextData.Address, Workers: workers, Split: split, Measure: true);
        RoundPolicy policy = RunCluster.InStep(workers);
        await using RunCluster cluster = await RunCluster.StartAsync(new TextData(Data()), policy, silos: 2);

        await cluster.StartRunAsync(spec);
        RunProgress progress = await cluster.UntilEndAsync();

        LearningEvent[] events = [.. Enumerable.Range(0, (int)Ends[^1]).Select(i => TextData.Event(i, i + 1))];
        ClientStream expected = await ClientStream.LearnAsync(events, Ends, [.. Ends.Select(TestsOf)], spec, policy);
        Assert.Equal((RunStage.Done, 7), (progress.Stage, progress.Classes));
        Assert.Equal(Ends.Select((end, i) => new RunTask($"{i}", end, Tests)), progress.Tasks);
        Assert.Equal(expected.Columns, progress.Measured);
        Assert.Equal(
            ClientStream.WeightsOf(expected.Version),
            ClientStream.WeightsOf(await cluster.Tiers.GetVersionAsync(RunCluster.Model, ClassifierSpec.SlowLevel, default)));
    }

    [Fact]
    public async Task Run_WorkerIsLostWhileItsRoundEnds_ComesBackToTheNextRound()
    {
        // The last round has events of another shard alone, so the first one takes part in it with an empty update.
        const long BeforeLost = 9;
        const long FoldedThen = 200;
        LostWorker lost = new(shard: 1, BeforeLost);
        RoundPolicy policy = RunCluster.InStep(3);
        RunSpec spec = new(TextData.Address, Workers: 3, Split: StreamSplit.Class, Measure: true, LeaseSeconds: 600);
        await using RunCluster cluster = await RunCluster.StartAsync(new TextData(Data()), policy, silos: 2, filter: lost.FilterAsync);
        await PlaceMemoriesAsync(cluster, alone: 1, spec.Workers);

        await cluster.StartRunAsync(spec);
        await cluster.UntilAsync(_ => lost.IsLost);
        while ((await cluster.LevelAsync()).Events < FoldedThen)
        {
            // The others end the round; the clock stands still, so that nobody comes back before that.
        }

        RunProgress progress = await cluster.UntilEndAsync();
        lost.Release();

        LearningEvent[] events = [.. Enumerable.Range(0, (int)Ends[^1]).Select(i => TextData.Event(i, i + 1))];
        ClientStream expected = await ClientStream.LearnAsync(events, Ends, [.. Ends.Select(TestsOf)], spec, policy);
        Assert.Equal(expected.Columns, progress.Measured);
        Assert.Equal(
            ClientStream.WeightsOf(expected.Version),
            ClientStream.WeightsOf(await cluster.Tiers.GetVersionAsync(RunCluster.Model, ClassifierSpec.SlowLevel, default)));
    }

    [Fact]
    public async Task Run_SeveralShardsForEachWorker_MeasuresEveryTask()
    {
        await using RunCluster cluster = await RunCluster.StartAsync(new TextData(Data()), new RoundPolicy());

        await cluster.StartRunAsync(new RunSpec(TextData.Address, Workers: 2, ShardsPerWorker: 3, Measure: true));

        Assert.Equal([1, 2, 3], (await cluster.UntilEndAsync()).Measured.Select(column => column.Count));
    }

    [Fact]
    public async Task Run_WorkerHangsAfterTheLastRound_ComesBackAndWaitsForNobody()
    {
        TextData data = new(Data());
        await using RunCluster cluster = await RunCluster.StartAsync(data, RunCluster.InStep(2));
        data.HangsWhen = async () => (await cluster.LevelAsync()).Events == Ends[^1];

        await cluster.StartRunAsync(new RunSpec(TextData.Address, Workers: 2, Measure: true));
        RunProgress progress = await cluster.UntilEndAsync();

        Assert.Equal((RunStage.Done, Ends[^1]), (progress.Stage, (await cluster.LevelAsync()).Events));
        Assert.Equal([1, 2, 3], progress.Measured.Select(column => column.Count));
    }

    /// <summary>Has one shard's memory in the first silo, and all others in the second.</summary>
    private static async Task PlaceMemoriesAsync(RunCluster cluster, int alone, int shards)
    {
        SiloAddress[] silos = [.. cluster.Tiers.Cluster.GetActiveSilos().Select(silo => silo.SiloAddress)];
        for (int shard = 1; shard <= shards; shard++)
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, silos[shard == alone ? 0 : 1]);
            await cluster.Tiers.Cluster.Client
                .GetGrain<IFastMemoryGrain>(MemoryKey.Of(new MemoryAddress(RunCluster.Model, ShardGrant.MemoryOf(1, shard))))
                .GetStatusAsync(default);
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }

    /// <summary>Every task's events, and then its tests.</summary>
    private static string Data() => string.Join(
        '\n',
        Ends.SelectMany((end, i) => Enumerable.Range(0, (int)end).Skip(i == 0 ? 0 : (int)Ends[i - 1])
            .Select(position => Line(TextData.Event(position, 1), i, "train"))
            .Concat(TestsOf(end).Select(test => Line(test, i, "test")))));

    private static LearningEvent[] TestsOf(long end) => [.. Enumerable.Range(0, Tests).Select(i => TextData.Event((int)end + (5 * i), i + 1))];

    private static string Line(LearningEvent next, int task, string split) =>
        $$"""{"text":"{{((TextInput)next.Input).Text}}","label":"{{next.Label}}","task":"{{task}}","split":"{{split}}"}""";
}
