using System.Text.Json;
using NestedLearning.Cli.Tests.Data;

namespace NestedLearning.Cli.Tests.Commands;

public sealed class SimulateTests
{
    [Fact]
    public async Task RunAsync_AFewSeeds_HoldAndAreReported()
    {
        using TemporaryFolder folder = new();
        string json = Path.Combine(folder.Path, "result.json");
        NlResult result = await Nl.RunAsync("simulate", "--seeds", "5", "--nodes", "3", "--faults", "crashes", "--json", json);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("0 failed", result.Output, StringComparison.Ordinal);
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllTextAsync(json));
        Assert.Equal(5, report.RootElement.GetProperty("seeds").GetInt32());
        Assert.Equal(0, report.RootElement.GetProperty("failed").GetArrayLength());
        Assert.True(report.RootElement.GetProperty("events").GetInt64() > 0);
        Assert.True(report.RootElement.GetProperty("rollbacks").GetInt64() > 0);
        Assert.Contains($"{report.RootElement.GetProperty("rollbacks").GetInt64()} rollbacks", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Replay_WritesTheSameEachTime()
    {
        NlResult first = await Nl.RunAsync("simulate", "--replay", "3");
        Assert.Equal(0, first.ExitCode);
        Assert.Contains("seed 3, ", first.Output, StringComparison.Ordinal);
        Assert.Equal(first.Output, (await Nl.RunAsync("simulate", "--replay", "3")).Output);
    }

    [Theory]
    [InlineData("--seeds", "0")]
    [InlineData("--nodes", "17")]
    [InlineData("--faults", "gentle")]
    [InlineData("--tenants", "0")]
    [InlineData("--every", "soon")]
    public async Task RunAsync_OptionOutOfRange_IsWrongUsage(string option, string value) =>
        Nl.AssertFailed(2, await Nl.RunAsync("simulate", option, value));
}
