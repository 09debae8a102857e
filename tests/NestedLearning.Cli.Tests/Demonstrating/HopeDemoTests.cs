using System.Text.Json.Nodes;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Cli.Tests.Processes;

namespace NestedLearning.Cli.Tests.Demonstrating;

/// <summary><c>nl demo --hope</c>, with few steps.</summary>
public sealed class HopeDemoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [SdkFact]
    public async Task Demo_FewSteps_ShowsEveryPartAndWritesIt()
    {
        string json = Path.Combine(_folder.Path, "demo.json");

        NlResult result = await Nl.RunAsync("demo", "--hope", "--steps", "8", "--languages", "fr,tr", "--json", json);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        foreach (string part in new[] { "4 workers learn 'fr' over the tiers", "  period-8: version ", "Hope was given:", "2 languages, one after the other", "hope, tenants", "Everything took" })
        {
            Assert.Contains(part, result.Output, StringComparison.Ordinal);
        }

        JsonNode report = JsonNode.Parse(await File.ReadAllTextAsync(json))!;
        Assert.Equal((4, 32L), (report["hope"]!["workers"]!.GetValue<int>(), report["hope"]!["steps"]!.GetValue<long>()));
        Assert.Equal((32, 4, 1), (Version("period-1"), Version("period-8"), Version("period-32")));
        Assert.InRange(report["hope"]!["bitsPerByte"]!.GetValue<double>(), 1, 7);
        Assert.InRange(report["transformer"]!["bitsPerByte"]!.GetValue<double>(), 1, 7);
        Assert.NotEmpty(report["sample"]!["text"]!.GetValue<string>());
        JsonArray results = report["languages"]!["results"]!.AsArray();
        Assert.Equal(
            [("hope", "plain"), ("hope", "tenants"), ("transformer", "plain")],
            results.Select(one => (one!["model"]!.GetValue<string>(), one["way"]!.GetValue<string>())));
        Assert.All(results, one => Assert.InRange(one!["bitsPerByte"]![1]![1]!.GetValue<double>(), 1, 8));

        long Version(string level) => report["hope"]!["versions"]![level]!.GetValue<long>();
    }

    [SdkFact]
    public async Task Demo_Interrupted_SaysSoInOneLine()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using NlProcess process = NlProcess.Start(["demo", "--hope", "--steps", "100000"]);
        Assert.True(await process.HasWrittenAsync(1));
        await process.InterruptAsync();

        Assert.Equal("nl: stopped.", Nl.AssertFailed(1, await process.EndAsync()));
    }

    [SdkFact]
    public async Task Demo_LanguageThereIsNone_SaysWhich() =>
        Assert.Contains("xx", Nl.AssertFailed(1, await Nl.RunAsync("demo", "--hope", "--languages", "xx")), StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();
}
