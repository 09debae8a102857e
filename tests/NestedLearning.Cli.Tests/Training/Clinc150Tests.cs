using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;

namespace NestedLearning.Cli.Tests.Training;

/// <summary>The figures to reach on CLINC150 in ten tasks, seen once, by the command as a user types it.</summary>
public sealed class Clinc150Tests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [BenchmarkDataFact("clinc150.jsonl")]
    public async Task Train_Clinc150_ReachesTheFigures()
    {
        string data = Path.Combine(BenchmarkData.Folder!, "clinc150.jsonl");
        string json = Path.Combine(_folder.Path, "result.json");

        NlResult run = await Nl.RunAsync("train", "classifier", "--data", data, "--baselines", "none", "--json", json);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        ResultJson result = new(json);
        Assert.Equal(15_000, result["events"].GetValue<long>());
        Assert.InRange(result["finalAccuracy"].GetValue<double>(), 0.905, 1);
        Assert.InRange(result["averageForgetting"].GetValue<double>(), -1, 0.025);
        Assert.InRange(result["bytesUpPerEvent"].GetValue<double>(), 1, 500);
    }

    public void Dispose() => _folder.Dispose();
}
