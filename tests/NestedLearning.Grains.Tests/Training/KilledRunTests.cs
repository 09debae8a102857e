using NestedLearning.Embedded;
using NestedLearning.Grains.Tests.Scheduling;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Training;

/// <summary>The run's own silo is killed, and nobody asks how the run stands.</summary>
public sealed class KilledRunTests
{
    private const int Events = 1501;

    private static readonly RunSpec Spec = new(TextData.Address, Workers: 3);

    [Fact]
    public async Task Run_ItsSiloIsKilled_GoesOnByItsWorkers()
    {
        await using RunCluster cluster = await RunCluster.StartAsync(new TextData(TextData.Lines(Events)), RunCluster.InStep(3), silos: 3);
        await cluster.StartRunAsync(Spec);
        await cluster.UntilAsync(progress => progress.Durable >= Events / 4);

        await cluster.Tiers.CrashSiloOfAsync(cluster.Run);
        await cluster.UntilLevelHasAsync(Events);

        await AssertDoneAsync(cluster);
    }

    [Fact]
    public async Task Run_EverySiloIsNew_GoesOnByItsReminder()
    {
        MemoryTierStore store = new();
        TextData held = new(TextData.Lines(Events)) { HeldOpening = TextData.FirstLearning };
        DurableReminders reminders = new();
        await using (RunCluster first = await RunCluster.StartAsync(held, RunCluster.InStep(3), 1, store, reminders))
        {
            await first.StartRunAsync(Spec);
            await first.UntilAsync(progress => progress.Durable > 0);
        }

        await using RunCluster second = await RunCluster.StartAsync(new TextData(TextData.Lines(Events)), RunCluster.InStep(3), 1, store, reminders);
        await reminders.TickAsync(second.Tiers.Cluster.Client);
        await second.UntilLevelHasAsync(Events);

        await AssertDoneAsync(second);
        await reminders.TickAsync(second.Tiers.Cluster.Client);
        Assert.Empty(reminders.Rows);
    }

    private static async Task AssertDoneAsync(RunCluster cluster)
    {
        RunProgress progress = await cluster.UntilEndAsync();
        Assert.Null(progress.Problem);
        Assert.Equal((RunStage.Done, Events, Events), (progress.Stage, progress.Durable, progress.Learned));
        Assert.Equal(Events, (await cluster.LevelAsync()).Events);
    }
}
