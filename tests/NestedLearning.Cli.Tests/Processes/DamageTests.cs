using NestedLearning.Cli.Tests.Commands;

namespace NestedLearning.Cli.Tests.Processes;

/// <summary>A damaged state file is named and never passed off as a state; with the right file back, the run goes on.</summary>
public sealed class DamageTests : IDisposable
{
    private static readonly Dictionary<string, Func<byte[], byte[]>> Damages = new()
    {
        ["flipped at the start"] = bytes => Flip(bytes, 0),
        ["flipped in the middle"] = bytes => Flip(bytes, bytes.Length / 2),
        ["flipped at the end"] = bytes => Flip(bytes, bytes.Length - 1),
        ["cut to a half"] = bytes => bytes[..(bytes.Length / 2)],
        ["cut to the header"] = bytes => bytes[..8],
        ["longer"] = bytes => [.. bytes, 0],
        ["empty"] = _ => [],
    };

    private readonly TrainingJob _job = new(500, "--workers", "2", "--features", "64");

    [Fact]
    public async Task Train_DamagedState_NamesTheFileAndGoesOnWhenItIsBack()
    {
        string directory = await _job.KilledDirectoryAsync(tenths: 7);
        string[] files = [.. Files(directory).Order()];
        Assert.Equal(["levels", "levels", "levels", "memories", "memories", "run", "spec"], files.Select(Kind).Order());
        foreach (string file in files)
        {
            byte[] right = File.ReadAllBytes(file);
            foreach ((string name, Func<byte[], byte[]> damage) in Damages)
            {
                File.WriteAllBytes(file, damage(right));

                string line = Nl.AssertFailed(1, await Nl.RunAsync(_job.Command(directory)));

                Assert.True(line.Contains(file, StringComparison.Ordinal), $"{name}: {line}");
                File.WriteAllBytes(file, right);
            }
        }

        await EndsAsUndisturbedAsync(directory);
    }

    [Fact]
    public async Task Train_MissingState_FailsAndGoesOnWhenItIsBack()
    {
        string directory = await _job.KilledDirectoryAsync(tenths: 7);
        string[] files = [.. Files(directory).Where(file => Kind(file) != "spec" && !IsEmptied(file))];
        Assert.Equal(5, files.Length);
        foreach (string file in files)
        {
            File.Move(file, file + ".away");

            string problem = await ProblemAsync(directory);
            Assert.Equal(problem, await ProblemAsync(directory));

            File.Move(file + ".away", file, overwrite: true);
        }

        await EndsAsUndisturbedAsync(directory);
    }

    public void Dispose() => _job.Dispose();

    /// <summary>What a run fails with, without numbers: both workers may meet the same problem, and either may say so first.</summary>
    private async Task<string> ProblemAsync(string directory)
    {
        string line = Nl.AssertFailed(1, await Nl.RunAsync(_job.Command(directory)));
        return string.Concat(line.Where(c => !char.IsAsciiDigit(c)));
    }

    private async Task EndsAsUndisturbedAsync(string directory)
    {
        string resumed = (await _job.RunAsync(directory)).WithoutTimesAndBytes;
        Assert.Equal((await _job.RunAsync()).WithoutTimesAndBytes, resumed);
    }

    /// <summary>The states of the run. Which models there are is asked for only where one is made or all are listed.</summary>
    private static IEnumerable<string> Files(string directory) =>
        Directory.GetFiles(directory, "*.state", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "models.state");

    private static string Kind(string file) => Path.GetFileName(Path.GetDirectoryName(file)!) is var folder and not "classifier"
        ? folder
        : Path.GetFileNameWithoutExtension(file);

    /// <summary>Of a level's two bases, the one that its state does not refer to has a header and nothing else.</summary>
    private static bool IsEmptied(string file) => Kind(file) == "levels" && new FileInfo(file).Length == 32;

    private static byte[] Flip(byte[] bytes, int at)
    {
        byte[] flipped = [.. bytes];
        flipped[at] ^= 0x10;
        return flipped;
    }
}
