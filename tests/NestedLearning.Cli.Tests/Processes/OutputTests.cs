using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Cli.Tests.Training;

namespace NestedLearning.Cli.Tests.Processes;

public sealed class OutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Train_StandardInputToAPipe_WritesPlainTextOnly()
    {
        string input = string.Join('\n', SampleData.JsonLines(SampleData.Examples(120)));
        using NlProcess process = NlProcess.Start(Nl.SmallTraining("-"), input);

        NlResult result = await process.EndAsync();

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.DoesNotContain('\e', result.Output);
        Assert.Contains("Learning: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("final accuracy", result.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Train_BadStandardInput_NamesTheLine()
    {
        using NlProcess process = NlProcess.Start(Nl.SmallTraining("-"), "{\"text\":\"a\",\"label\":\"x\"}\n{");

        string line = Nl.AssertFailed(1, await process.EndAsync());

        Assert.StartsWith("nl: -:2: not JSON", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nl_WrongUsage_EndsTheProcessWithTwo()
    {
        NlResult result = await NlProcess.RunAsync("train", "classifier", "--data", _folder.Path, "--workers", "0");

        Assert.Equal("nl: --workers is 0; accepted: 1 to 1024.", Nl.AssertFailed(2, result));
    }

    [Fact]
    public async Task Doctor_InAFolder_ReportsThisMachine()
    {
        string json = Path.Combine(_folder.Path, "doctor.json");

        NlResult result = await NlProcess.RunAsync("doctor", "--data-dir", _folder.Path, "--json", json);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("GFLOP/s", File.ReadAllText(json), StringComparison.Ordinal);
        Assert.Contains("Backend managed", result.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
