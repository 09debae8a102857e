using NestedLearning.Cli.Tests.Commands;

namespace NestedLearning.Cli.Tests.Processes;

/// <summary>Ctrl+C ends a command in good order.</summary>
public class StopTests
{
    private const int MaxAttempts = 10;

    [UnixTheory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Train_Interrupted_KeepsItsStateAndGoesOn(int workers)
    {
        using TrainingJob job = new(900, "--features", "1024", "--workers", $"{workers}");
        (string directory, NlResult stopped) = await InterruptAsync(job.NewDirectory, job);

        Assert.Equal(
            $"nl: stopped; what was learned is in '{directory}', and the same command goes on from there.", Nl.AssertFailed(1, stopped));
        Assert.False(File.Exists(job.Json));
        string resumed = (await job.RunAsync(directory)).WithoutTimesAndBytes;
        Assert.Equal((await job.RunAsync()).WithoutTimesAndBytes, resumed);
    }

    [UnixFact]
    public async Task Train_InterruptedWithoutADirectory_SaysThatNothingIsKept()
    {
        using TrainingJob job = new(1500, "--features", "1024");
        (_, NlResult stopped) = await InterruptAsync(() => "", job);

        Assert.Equal("nl: stopped; nothing is kept without --data-dir.", Nl.AssertFailed(1, stopped));
    }

    /// <summary>Interrupts a command on its way. One that was quicker than its interruption is started again.</summary>
    private static async Task<(string Directory, NlResult Stopped)> InterruptAsync(Func<string> newDirectory, TrainingJob job)
    {
        for (int attempt = 1; ; attempt++)
        {
            string directory = newDirectory();
            using NlProcess process = NlProcess.Start(job.Command(directory.Length == 0 ? null : directory));
            Assert.True(await process.HasWrittenAsync(1));
            await process.InterruptAsync();
            NlResult stopped = await process.EndAsync();
            if (stopped.ExitCode != 0 || attempt == MaxAttempts)
            {
                return (directory, stopped);
            }

            File.Delete(job.Json);
        }
    }
}
