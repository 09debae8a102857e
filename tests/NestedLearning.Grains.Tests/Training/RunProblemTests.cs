using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Training;

/// <summary>Runs that cannot be, and what they say.</summary>
public sealed class RunProblemTests
{
    private const int Events = 50;

    [Theory]
    [InlineData("", "memory: ")]
    [InlineData("""{"text":"a"}""", "memory:1: ")]
    [InlineData("""{"text":"a","label":"x","split":"test"}""", "memory: every event is for testing; a run needs some to learn")]
    public async Task Run_DataThatCannotBeLearned_FailsAndSaysWhy(string text, string problem)
    {
        await using RunCluster cluster = await RunCluster.StartAsync(new TextData(text), new RoundPolicy());
        await cluster.StartRunAsync(new RunSpec(TextData.Address));

        RunProgress progress = await cluster.UntilEndAsync();

        Assert.Equal(RunStage.Failed, progress.Stage);
        Assert.StartsWith(problem, progress.Problem, StringComparison.Ordinal);
        Assert.Equal(0, (await cluster.LevelAsync()).Events);
    }

    [Fact]
    public async Task StartRunAsync_SilosThatReadNothing_IsRefused()
    {
        await using RunCluster cluster = await RunCluster.StartAsync(null, new RoundPolicy());

        UnreachableDataException error = await Assert.ThrowsAsync<UnreachableDataException>(
            async () => await cluster.StartRunAsync(new RunSpec("/etc/passwd?key=secret")));

        Assert.Equal("/etc/passwd: this server reads no data by itself; stream it from a client", error.Message);
        await Assert.ThrowsAsync<UnknownRunException>(async () => await cluster.StopRunAsync());
    }

    [Fact]
    public async Task StartRunAsync_ReminderThatCannotBeSet_BeginsNothing()
    {
        await using RunCluster cluster = await RunCluster.StartAsync(new TextData(TextData.Lines(Events)), new RoundPolicy());
        cluster.Reminders.IsAway = true;

        StoreException error = await Assert.ThrowsAsync<StoreException>(async () => await cluster.StartRunAsync(new RunSpec(TextData.Address)));

        Assert.Equal((StoreProblem.Unavailable, "the reminder of the run of m"), (error.Problem, error.Place));
        await Assert.ThrowsAsync<UnknownRunException>(async () => await cluster.StopRunAsync());
    }

    [Fact]
    public async Task StartRunAsync_DataThatIsGoneAfterTheRun_StillTellsOfIt()
    {
        TextData data = new(TextData.Lines(Events));
        await using RunCluster cluster = await RunCluster.StartAsync(data, new RoundPolicy());
        await cluster.StartRunAsync(new RunSpec(TextData.Address));
        await cluster.UntilEndAsync();
        data.IsGone = true;

        Assert.Equal(RunStage.Done, (await cluster.StartRunAsync(new RunSpec(TextData.Address))).Stage);
        await Assert.ThrowsAsync<UnreachableDataException>(async () => await cluster.StartRunAsync(new RunSpec(TextData.Address, Workers: 2)));
    }

    [Fact]
    public async Task Run_EventThatTheModelRefuses_NamesIt()
    {
        string text = """{"text":"a","label":"x"}""" + "\n" + """{"features":[2000],"label":"x"}""";
        await using RunCluster cluster = await RunCluster.StartAsync(new TextData(text), new RoundPolicy());
        await cluster.StartRunAsync(new RunSpec(TextData.Address));

        Assert.StartsWith("Shard 1: Event 2: ", (await cluster.UntilEndAsync()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DataThatChanged_IsNotMixed()
    {
        RunSpec spec = new(TextData.Address);
        TextData data = new(TextData.Lines(Events)) { HeldOpening = TextData.FirstLearning };
        await using RunCluster cluster = await RunCluster.StartAsync(data, RunCluster.InStep(1));
        await cluster.StartRunAsync(spec);
        await cluster.UntilAsync(progress => progress.Durable > 0);
        await cluster.StopRunAsync();
        data.Release();
        await data.HeldIsClosed;

        data.Text = TextData.Lines(Events + 1);
        await cluster.StartRunAsync(spec);

        Assert.StartsWith("memory: not the data that the run began with", (await cluster.UntilEndAsync()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DataOutOfReachForAWhile_IsTriedAgain()
    {
        TextData data = new(TextData.Lines(Events)) { BrokenFrom = TextData.Survey, BrokenThrough = TextData.Survey + 2 };
        await using RunCluster cluster = await RunCluster.StartAsync(data, new RoundPolicy());
        await cluster.StartRunAsync(new RunSpec(TextData.Address));

        Assert.Equal((RunStage.Done, Events), ((await cluster.UntilEndAsync()).Stage, (await cluster.LevelAsync()).Events));
    }

    [Fact]
    public async Task StartRunAsync_RunThatIsNotAcceptable_IsRefused()
    {
        TextData data = new(TextData.Lines(Events)) { HeldOpening = TextData.FirstLearning };
        await using RunCluster cluster = await RunCluster.StartAsync(data, RunCluster.InStep(2));
        RunSpec spec = new(TextData.Address, Workers: 2);
        await Assert.ThrowsAsync<UnknownRunException>(async () => await cluster.StopRunAsync());
        await Assert.ThrowsAsync<UnknownModelException>(async () => await cluster.Tiers.Runs.StartRunAsync(new ModelId("other"), spec, default));
        Assert.Equal(
            ["Workers is 0, accepted: 1 to 1,024"],
            (await Assert.ThrowsAsync<InvalidRunException>(async () => await cluster.StartRunAsync(spec with { Workers = 0 }))).Violations);
        Assert.Equal(
            ["Workers is 1, accepted: at least 2, for which every round of the model waits"],
            (await Assert.ThrowsAsync<InvalidRunException>(async () => await cluster.StartRunAsync(spec with { Workers = 1 }))).Violations);

        await cluster.StartRunAsync(spec);

        await Assert.ThrowsAsync<RunUnderWayException>(async () => await cluster.StartRunAsync(spec with { Workers = 3 }));
        data.Release();
    }
}
