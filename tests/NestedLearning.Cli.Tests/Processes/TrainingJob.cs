using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Cli.Tests.Training;

namespace NestedLearning.Cli.Tests.Processes;

/// <summary>A training command over a file of small data, with a result file and places for its state.</summary>
internal sealed class TrainingJob : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _command;
    private int _directories;

    public TrainingJob(int events, params string[] settings)
    {
        var examples = SampleData.Examples(events);
        Events = SampleData.Training(examples);
        string data = _folder.Write("events.jsonl", string.Join('\n', SampleData.JsonLines(examples)));
        Json = Path.Combine(_folder.Path, "result.json");
        _command =
        [
            "train", "classifier", "--data", data, "--period", "10", "--period-growth", "0",
            "--baselines", "none", "--threads", "1", "--json", Json,
            .. settings.Contains("--features") ? settings : ["--features", "256", .. settings],
        ];
    }

    public long Events { get; }

    public string Json { get; }

    public ResultJson Result => new(Json);

    /// <summary>A directory that does not exist yet.</summary>
    public string NewDirectory() => Path.Combine(_folder.Path, $"state-{_directories++}");

    public string[] Command(string? directory = null) => directory is null ? _command : [.. _command, "--data-dir", directory];

    /// <summary>The result of the command in a process of its own that nothing disturbs.</summary>
    public async Task<ResultJson> RunAsync(string? directory = null)
    {
        NlResult result = await NlProcess.RunAsync(Command(directory));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return Result;
    }

    /// <summary>A directory whose run was killed after some tenths of its way.</summary>
    public async Task<string> KilledDirectoryAsync(int tenths = 2)
    {
        while (true)
        {
            string directory = NewDirectory();
            using NlProcess process = NlProcess.Start(Command(directory));
            if (await process.HasWrittenAsync(tenths) && await process.KillAsync())
            {
                return directory;
            }
        }
    }

    public void Dispose() => _folder.Dispose();
}
