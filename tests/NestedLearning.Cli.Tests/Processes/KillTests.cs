using NestedLearning.Cli.Tests.Training;

namespace NestedLearning.Cli.Tests.Processes;

/// <summary>kill -9 costs nothing: the same command goes on, and ends as if nothing had happened.</summary>
public class KillTests
{
    private const int Kills = 10;

    [Theory]
    [InlineData(1, "shard")]
    [InlineData(3, "shard")]
    [InlineData(3, "class")]
    public async Task Train_KilledTenTimes_EndsAsUndisturbed(int workers, string split)
    {
        using TrainingJob job = new(800, "--workers", $"{workers}", "--split", split);
        ResultJson undisturbed = await job.RunAsync();
        Assert.Equal(job.Events, undisturbed["events"].GetValue<long>());
        Random random = new(workers);
        string directory = job.NewDirectory();
        for (int kills = 0; kills < Kills;)
        {
            using NlProcess process = NlProcess.Start(job.Command(directory));
            await process.HasWrittenAsync(random.Next(1, 4));
            if (await process.KillAsync())
            {
                kills++;
            }
            else
            {
                // It was done before the signal came: the remaining kills are for another run.
                Assert.Equal(undisturbed.WithoutTimesAndBytes, job.Result.WithoutTimesAndBytes);
                directory = job.NewDirectory();
            }
        }

        ResultJson resumed = await job.RunAsync(directory);

        Assert.Equal(undisturbed.WithoutTimesAndBytes, resumed.WithoutTimesAndBytes);
    }

    [Fact]
    public async Task Train_Done_GivesItsResultAgain()
    {
        using TrainingJob job = new(200, "--workers", "3");
        string directory = job.NewDirectory();
        ResultJson first = await job.RunAsync(directory);

        ResultJson again = await job.RunAsync(directory);

        Assert.Equal(first.WithoutTimes, again.WithoutTimes);
    }
}
