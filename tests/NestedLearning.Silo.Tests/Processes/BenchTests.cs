namespace NestedLearning.Silo.Tests.Processes;

public sealed class BenchTests
{
    [Fact]
    public async Task Bench_OneOperation_MeasuresItOnBothBackendsOrSaysWhatIsMissing()
    {
        using SiloProcess silo = SiloProcess.Start(["bench", "--only", "product [64"]);

        var (exitCode, output, error) = await silo.EndAsync();

        if (exitCode == 0)
        {
            Assert.Matches(@"\| product \[64, 64, 64\] \[64, 64, 64\] \| [0-9,]+ \| [0-9,]+ \| [0-9]+ % \| [0-9.]+ \|\n$", output);
            Assert.Equal("", error);
        }
        else
        {
            Assert.StartsWith("nl-silo: ", error, StringComparison.Ordinal);
            Assert.Contains("native librar", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("nl-silo: --device is 'gpu'; accepted: cpu, cuda or cuda:N.\n", "--device", "gpu")]
    [InlineData("nl-silo: --threads is 65; accepted: 1 to 64.\n", "--threads", "65")]
    public async Task Bench_BadOption_IsWrongUsage(string expected, params string[] options)
    {
        using SiloProcess silo = SiloProcess.Start(["bench", .. options]);

        var (exitCode, output, error) = await silo.EndAsync();

        Assert.Equal((2, "", expected), (exitCode, output, error));
    }
}
