using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Training;

/// <summary>Silos that are killed in the middle of a run; its shards are learned on, and every event counts once.</summary>
public sealed class KilledWorkerTests
{
    private const int Events = 1501;

    [Theory]
    [InlineData(3, 1, StreamSplit.Shard)] // in step
    [InlineData(3, 2, StreamSplit.Class)]
    [InlineData(1, 4, StreamSplit.Shard)] // each at its own pace
    public async Task Run_SilosOfWorkersAreKilled_CountsEveryEventOnce(int contributors, int shardsPerWorker, StreamSplit split)
    {
        RoundPolicy policy = contributors > 1 ? RunCluster.InStep(contributors) : new RoundPolicy();
        await using RunCluster cluster = await RunCluster.StartAsync(new TextData(TextData.Lines(Events)), policy, silos: 3);
        await cluster.StartRunAsync(new RunSpec(TextData.Address, Workers: 3, Split: split, ShardsPerWorker: shardsPerWorker));
        for (int kill = 1; kill <= 2; kill++)
        {
            RunProgress before = await cluster.UntilAsync(progress => progress.Durable >= kill * Events / 4);
            Assert.Equal(RunStage.Running, before.Stage);
            WorkerKey worker = new(RunCluster.Model, kill);
            await cluster.Tiers.CrashSiloOfAsync(cluster.Tiers.Cluster.Client.GetGrain<ITrainingWorkerGrain>(worker.ToString()));
        }

        RunProgress progress = await cluster.UntilEndAsync();

        Assert.Null(progress.Problem);
        Assert.Equal((RunStage.Done, Events, Events), (progress.Stage, progress.Durable, progress.Learned));
        Assert.Equal(Events, (await cluster.LevelAsync()).Events);
    }
}
