using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Embedded;

namespace NestedLearning.Cli.Tests.Processes;

/// <summary>A data directory that cannot be used is one line; when the cause is gone, the same command goes on.</summary>
public sealed class DirectoryTests : IDisposable
{
    private readonly TrainingJob _job = new(300);

    [Fact]
    public async Task Train_DirectoryInUse_FailsAndGoesOnLater()
    {
        string directory = await _job.KilledDirectoryAsync();
        using (LocalTierStore.Open(directory))
        {
            string line = Nl.AssertFailed(1, await NlProcess.RunAsync(_job.Command(directory)));
            Assert.Contains(directory, line, StringComparison.Ordinal);
            Assert.Contains("another", line, StringComparison.Ordinal);
        }

        await EndsAsUndisturbedAsync(directory);
    }

    [Fact]
    public async Task Train_DirectoryOfAnotherRun_FailsAndLeavesItAlone()
    {
        string directory = await _job.KilledDirectoryAsync();
        using TrainingJob other = new(310);

        string line = Nl.AssertFailed(1, await NlProcess.RunAsync(other.Command(directory)));

        Assert.Contains("another run", line, StringComparison.Ordinal);
        await EndsAsUndisturbedAsync(directory);
    }

    [Fact]
    public async Task Train_DirectoryIsAFile_SaysSo()
    {
        string line = Nl.AssertFailed(1, await Nl.RunAsync([.. _job.Command(), "--data-dir", typeof(DirectoryTests).Assembly.Location]));

        Assert.Contains("It is a file", line, StringComparison.Ordinal);
    }

    [FullDiskFact]
    public async Task Train_DiskFull_FailsAndGoesOnWhenThereIsRoom()
    {
        string directory = Directory.CreateDirectory(_job.NewDirectory()).FullName;

        NlResult result = await FullDisk.RunAsync(directory, "40k", [.. NlProcess.Program, .. _job.Command(directory)]);

        string[] lines = result.Error.TrimEnd().Split('\n');
        Assert.Equal(["ends with 1", "ends with 0"], lines.Where((_, i) => i != 0));
        Assert.Contains("space", lines[0], StringComparison.Ordinal);
        string afterRoom = _job.Result.WithoutTimesAndBytes;
        Assert.Equal((await _job.RunAsync()).WithoutTimesAndBytes, afterRoom);
    }

    public void Dispose() => _job.Dispose();

    private async Task EndsAsUndisturbedAsync(string directory)
    {
        string resumed = (await _job.RunAsync(directory)).WithoutTimesAndBytes;
        Assert.Equal((await _job.RunAsync()).WithoutTimesAndBytes, resumed);
    }
}
