using NestedLearning.Cli.Tests.Commands;

namespace NestedLearning.Cli.Tests.Processes;

/// <summary>Ctrl+C ends a command in good order.</summary>
public class StopTests
{
    [UnixTheory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Train_Interrupted_KeepsItsStateAndGoesOn(int workers)
    {
        using TrainingJob job = new(900, "--workers", $"{workers}");
        string directory = job.NewDirectory();
        using NlProcess process = NlProcess.Start(job.Command(directory));
        Assert.True(await process.HasWrittenAsync(1));
        await process.InterruptAsync();

        NlResult stopped = await process.EndAsync();

        Assert.Equal(
            $"nl: stopped; what was learned is in '{directory}', and the same command goes on from there.", Nl.AssertFailed(1, stopped));
        Assert.False(File.Exists(job.Json));
        string resumed = (await job.RunAsync(directory)).WithoutTimesAndBytes;
        Assert.Equal((await job.RunAsync()).WithoutTimesAndBytes, resumed);
    }

    [UnixFact]
    public async Task Train_InterruptedWithoutADirectory_SaysThatNothingIsKept()
    {
        using TrainingJob job = new(1500);
        using NlProcess process = NlProcess.Start(job.Command());
        Assert.True(await process.HasWrittenAsync(1));
        await process.InterruptAsync();

        Assert.Equal("nl: stopped; nothing is kept without --data-dir.", Nl.AssertFailed(1, await process.EndAsync()));
    }
}
