using System.Text.Json;

namespace NestedLearning.Cli.Tests.Commands;

public sealed class BenchTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Compute_OneOperation_MeasuresThatOne()
    {
        NlResult result = await Nl.RunAsync("bench", "compute", "--only", "PRODUCT [64", "--json", _file);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("product [64, 64, 64] [64, 64, 64]", result.Output, StringComparison.Ordinal);
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllTextAsync(_file));
        JsonElement only = Assert.Single(report.RootElement.GetProperty("operations").EnumerateArray().ToArray());
        double seconds = only.GetProperty("microseconds").GetDouble() / 1e6;
        Assert.Equal(64 * 2.0 * 64 * 64 * 64 / seconds / 1e9, only.GetProperty("gflops").GetDouble(), 1e-6);
    }

    [Theory]
    [InlineData]
    [InlineData("--hope")]
    public async Task Soak_ASecond_TakesTenSamplesOfALossThatFalls(params string[] more)
    {
        NlResult result = await Nl.RunAsync(["bench", "soak", "--for", "1s", "--allowed-growth", "100000", "--json", _file, .. more]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("Grew by", result.Output, StringComparison.Ordinal);
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllTextAsync(_file));
        JsonElement[] samples = [.. report.RootElement.GetProperty("samples").EnumerateArray()];
        Assert.Equal(10, samples.Length);
        Assert.True(samples[^1].GetProperty("steps").GetInt64() >= 10);
        Assert.True(samples[^1].GetProperty("loss").GetSingle() < samples[0].GetProperty("loss").GetSingle());
    }
}
